from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.positions import Lines
from linters.lint import Finding
from linters.reports import LintReport, RuleHelp, render


class Elements(HTMLParser):
    """Which elements a page has, how often, and which attributes may run something or load from elsewhere."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs


def elements(report: LintReport) -> list[str]:
    """The page's elements, but for the words that are code."""
    return [name for name in Elements(render("html", report)).names if name != "code"]


def test_each_finding_with_its_place_reason_and_excerpt(report: LintReport) -> None:
    page = render("html", report)
    assert Elements(page).names.count("article") == 4
    assert '<strong class="error">error</strong> <a href="https://example.com/why">auth-stated</a>' in page
    assert '<span class="place">6:9</span>' in page
    assert "<pre>    <mark>get:</mark></pre>" in page
    assert "broken.yaml:3:7: The bracket is never closed." in page


def test_the_page_loads_nothing_from_elsewhere(report: LintReport) -> None:
    elements = Elements(render("html", report))
    assert not {"link", "img", "iframe"} & set(elements.names)
    assert "src" not in dict(elements.attributes)


def test_an_empty_report_needs_no_script() -> None:
    page = render("html", LintReport((), ("a.yaml",), "lading:all"))
    assert "Nothing found" in page
    assert "script" not in Elements(page).names


def test_an_address_that_runs_something_is_not_linked(report: LintReport) -> None:
    odd = replace(report, help={"auth-stated": RuleHelp("auth-stated", url="javascript:alert(1)")})
    assert "javascript:" not in render("html", odd)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(), source=st.text(), code=st.text(), line=st.text())
def test_no_text_becomes_an_element(
    report: LintReport, findings: tuple[Finding, ...], message: str, source: str, code: str, line: str
) -> None:
    plain = LintReport((replace(findings[0], range=findings[3].range),), ("orders.yaml",), texts=report.texts)
    hostile = LintReport(
        (replace(plain.findings[0], message=message, source=source, code=code),),
        (source,),
        texts={source: Lines("x" + line)},
    )
    assert elements(hostile) == elements(plain)
