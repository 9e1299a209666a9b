from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from contracts.positions import Lines
from linters.lint import Finding
from linters.reports import LintReport, RuleHelp, render
from linters.reports.formats import html
from tests.linters.reports.conftest import at


class Elements(HTMLParser):
    """Which elements a page has, and which attributes may run something or load from elsewhere."""

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


def many(report: LintReport, number: int) -> LintReport:
    findings = tuple(replace(report.findings[1], path=("paths", n)) for n in range(number))
    return replace(report, findings=findings)


def test_each_finding_with_its_place_and_excerpt_under_its_rule(full: LintReport) -> None:
    page = render("html", full)
    assert '<span class="word error">error</span> <h3>auth-stated</h3>' in page
    assert '<span class="place">6:9</span>GET /orders states no <code>security</code>.' in page
    assert '<span class="at">6</span>    <mark>get:</mark>' in page
    assert '<span class="at">5</span>  /orders:' in page
    assert "broken.yaml:3:7: The bracket is never closed." in page
    assert "Reached by the reference at orders.yaml:5:3." in page
    assert "<strong>Fix:</strong> Write <code>listOrders</code>" in page
    assert "Agreed with the architects." in page
    assert "Score: 71 of 100." in page


def test_rules_say_why_once_with_a_good_and_a_bad_example(full: LintReport) -> None:
    page = render("html", full)
    assert page.count("<p>Because.</p>") == 1
    assert '<a href="#rule-1">' in page
    assert '<div id="rule-1">' in page
    assert "<h4>Good</h4><pre><code>a: 1</code></pre>" in page
    assert '<a href="https://example.com/why" rel="noreferrer">' in page


def test_the_page_loads_nothing_from_elsewhere_and_allows_only_its_own_style_and_script(
    full: LintReport,
) -> None:
    page = render("html", full)
    found = Elements(page)
    assert not {"link", "img", "iframe"} & set(found.names)
    assert not {"src", "style", "onclick", "onload"} & set(dict(found.attributes))
    policy = re.search(r'content="(default-src[^"]+)"', page)
    assert policy is not None
    for tag in ("style", "script"):
        inner = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert inner is not None
        digest = base64.b64encode(hashlib.sha256(inner[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]


def test_an_empty_report_needs_no_script() -> None:
    page = render("html", LintReport((), ("a.yaml",), "lading:all"))
    assert "Nothing found" in page
    assert "script" not in Elements(page).names


def test_an_address_that_runs_something_is_not_linked(report: LintReport) -> None:
    odd = replace(report, help={"auth-stated": RuleHelp("auth-stated", url="javascript:alert(1)")})
    assert "javascript:" not in render("html", odd)


def test_a_large_report_is_bounded_in_excerpts_and_folded(report: LintReport) -> None:
    page = render("html", many(report, 8_000))
    assert page.count("<pre>") == html.EXCERPTS_OF_RULE
    assert page.count('<span class="place">') == 8_000
    assert not re.search(r'class="rule"[^>]* open>', page)
    assert len(page) < 2_000_000


def test_the_gravest_stand_open_as_far_as_they_are_few(report: LintReport) -> None:
    page = render(
        "html", replace(many(report, 100), findings=(report.findings[0], *many(report, 100).findings))
    )
    groups = re.findall(r'data-code="([^"]+)"([^>]*)>', page)
    assert [(code, rest.endswith(" open")) for code, rest in groups] == [
        ("auth-stated", True),
        ("naming-operation-id-camel", False),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(), source=st.text(), code=st.text(), line=st.text())
def test_no_text_becomes_an_element(
    report: LintReport, findings: tuple[Finding, ...], message: str, source: str, code: str, line: str
) -> None:
    finding = replace(findings[0], source="a.yaml", range=at(0, 0, 0, 1))
    plain = LintReport((finding,), ("a.yaml",), texts={"a.yaml": Lines("x")})
    hostile = replace(
        plain,
        findings=(replace(finding, message=message, source=source, code=code),),
        files=(source,),
        texts={source: Lines("x" + re.sub(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "", line))},
    )
    assert elements(hostile) == elements(plain)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1])
def test_every_text_has_the_contrast_that_wcag_asks_for(report: LintReport, theme: int) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#\w{6})", render("html", report).split("@media")[theme]))
    pairs = [(name, on) for name in ("ink", "soft", "link", "error", "warning", "info", "hint")
             for on in ("paper", "raised")]  # fmt: skip
    for text, ground in [*pairs, ("on-mark", "mark")]:
        low, high = sorted((luminance(colours[text]), luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    """A page that must not complain, ask the network, or open a dialogue."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
    yield page
    context.close()
    assert complaints == []


def opened(page: Page, report: LintReport, folder: Path) -> Page:
    file = folder / "report.html"
    file.write_text(render("html", report), "utf-8")
    page.goto(file.as_uri())
    return page


def shown(page: Page) -> list[str]:
    return page.locator(".rule:visible h3").all_inner_texts()


ALL = ["auth-stated", "naming-operation-id-camel", "taste", "rate-limit-stated"]


def test_searching_and_filtering(window: Page, report: LintReport, tmp_path: Path) -> None:
    page = opened(window, report, tmp_path)
    status = page.get_by_role("status")
    expect(status).to_have_text("4 findings")
    assert shown(page) == ALL

    page.get_by_role("searchbox", name="Words").fill("camelcase orders")
    expect(status).to_have_text("1 of 4 findings")
    assert shown(page) == ["naming-operation-id-camel"]
    page.get_by_role("button", name="Show all").click()
    expect(status).to_have_text("4 findings")

    page.get_by_label("1 warning").uncheck()
    expect(status).to_have_text("3 of 4 findings")
    page.get_by_role("combobox", name="Rule", exact=True).select_option("taste")
    expect(status).to_have_text("1 of 4 findings")
    page.get_by_role("button", name="Show all").click()

    page.get_by_role("combobox", name="Area", exact=True).select_option("auth")
    expect(status).to_have_text("1 of 4 findings")
    page.get_by_role("combobox", name="Area", exact=True).select_option("none")
    expect(status).to_have_text("3 of 4 findings")
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("combobox", name="File", exact=True).select_option("shared/common parts.yaml")
    expect(status).to_have_text("1 of 4 findings")
    assert shown(page) == ["rate-limit-stated"]
    page.get_by_role("searchbox", name="Words").fill("no such words")
    expect(status).to_have_text("0 of 4 findings")
    assert shown(page) == []


def test_a_rules_reasons_unfold_from_a_finding(window: Page, report: LintReport, tmp_path: Path) -> None:
    page = opened(window, report, tmp_path)
    expect(page.get_by_text("Because.")).to_be_hidden()
    page.get_by_role("link", name="Why, and how to mend it").click()
    expect(page.get_by_text("Because.")).to_be_visible()


def test_without_scripts_everything_can_be_read(
    chromium: Browser, report: LintReport, tmp_path: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context.new_page(), report, tmp_path)
    assert shown(page) == ALL
    expect(page.locator("form")).to_be_hidden()
    page.get_by_role("link", name="Why, and how to mend it").click()
    expect(page.get_by_text("Because.")).to_be_visible()
    context.close()


def test_hostile_text_does_nothing(window: Page, hostile: LintReport, tmp_path: Path) -> None:
    page = opened(window, hostile, tmp_path)
    assert page.locator(".rule img, .rule script, .rule iframe").count() == 0
    expect(page.get_by_role("status")).to_have_text("1 finding")
    page.get_by_role("combobox", name="Rule", exact=True).select_option(index=1)
    expect(page.get_by_role("status")).to_have_text("1 finding")


def test_a_report_of_thousands_stays_usable(window: Page, report: LintReport, tmp_path: Path) -> None:
    page = opened(window, many(report, 8_000), tmp_path)
    expect(page.get_by_role("status")).to_have_text("8,000 findings")
    page.get_by_role("searchbox", name="Words").fill("nothing of the kind")
    expect(page.get_by_role("status")).to_have_text("0 of 8,000 findings")
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("status")).to_have_text("8,000 findings")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    chromium: Browser, full: LintReport, tmp_path: Path, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = opened(context.new_page(), full, tmp_path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
