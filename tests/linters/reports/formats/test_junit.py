from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding, Severity
from linters.reports import LintReport, render


def test_a_suite_a_file_and_a_case_a_finding(report: LintReport) -> None:
    root = ElementTree.fromstring(render("junit", report))
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["orders.yaml", "clean.yaml", "shared/common parts.yaml", "broken.yaml"]
    assert dict(root.attrib) == {"name": "lading lint", "tests": "6", "failures": "1", "errors": "1"}
    case = suites["orders.yaml"][0]
    assert case.get("name") == "auth-stated /paths/~1orders/get"
    failure = case.find("failure")
    assert failure is not None
    assert failure.text == "orders.yaml:6:9: error: GET /orders states no `security`."


def test_what_does_not_fail_the_run_is_written_down_but_passes(report: LintReport) -> None:
    root = ElementTree.fromstring(render("junit", report))
    texts = [node.text for node in root.iter("system-out")]
    assert texts[0] == "orders.yaml:7:20: warning: `List_Orders` is not camelCase."
    strict = ElementTree.fromstring(render("junit", replace(report, fail_severity=Severity.HINT)))
    assert strict.get("failures") == "4"


def test_a_clean_file_is_a_passing_case_and_an_unread_one_an_error(report: LintReport) -> None:
    root = ElementTree.fromstring(render("junit", report))
    clean, broken = root.findall("testsuite")[1], root.findall("testsuite")[3]
    assert [case.get("name") for case in clean] == ["no findings"]
    assert broken[0][0].tag == "error"
    assert broken[0][0].text == "broken.yaml:3:7: The bracket is never closed. Close it."


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(st.characters(exclude_categories=())), source=st.text(), code=st.text())
def test_any_text_makes_xml_that_parses(
    findings: tuple[Finding, ...], message: str, source: str, code: str
) -> None:
    hostile = replace(findings[0], message=message, source=source, code=code)
    text = render("junit", LintReport((hostile,), ()))
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert [node.tag for node in root.iter()] == ["testsuites", "testsuite", "testcase", "failure"]
