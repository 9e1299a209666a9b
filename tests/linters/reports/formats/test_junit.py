from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding, Severity
from linters.reports import LintReport, render

ATTRIBUTES = {
    "testsuites": {"name", "time", "tests", "failures", "disabled", "errors"},
    "testsuite": {
        "name", "tests", "failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package",
    },
    "testcase": {"name", "assertions", "time", "classname", "status"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}  # fmt: skip
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}
REQUIRED = {"testsuite": {"name"}, "testcase": {"name", "classname"}}
"""What the XML schema of Jenkins' plug-in allows, as far as we write it."""


def parsed(report: LintReport) -> ElementTree.Element:
    root = ElementTree.fromstring(render("junit", report).encode())
    assert root.tag == "testsuites"
    for node in root.iter():
        assert set(node.attrib) <= ATTRIBUTES[node.tag]
        assert REQUIRED.get(node.tag, set()) <= set(node.attrib)
        assert {child.tag for child in node} <= CHILDREN.get(node.tag, set())
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite)
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        names = [case.get("name") for case in suite]
        assert len(names) == len(set(names))
    return root


def text_of(root: ElementTree.Element, path: str) -> str:
    node = root.find(path)
    assert node is not None
    return node.text or ""


def test_a_suite_a_file_and_a_case_a_rule(report: LintReport) -> None:
    root = parsed(report)
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites) == ["orders.yaml", "clean.yaml", "shared/common parts.yaml", "broken.yaml"]
    assert dict(root.attrib) == {"name": "lading lint", "tests": "6", "failures": "1", "errors": "1"}
    assert [case.get("name") for case in suites["orders.yaml"]] == [
        "auth-stated", "naming-operation-id-camel", "taste",
    ]  # fmt: skip
    assert text_of(suites["orders.yaml"], "testcase/failure") == (
        "orders.yaml:6:9: error: GET /orders states no `security`. (at /paths/~1orders/get)"
    )


def test_several_findings_of_a_rule_are_one_case_that_lists_them(report: LintReport) -> None:
    many = tuple(replace(report.findings[0], path=("paths", number)) for number in range(3))
    root = parsed(replace(report, findings=many))
    failure = root.find("testsuite/testcase/failure")
    assert failure is not None
    assert failure.get("message") == "3 findings, the first: GET /orders states no `security`."
    assert len((failure.text or "").splitlines()) == 3


def test_a_rule_that_is_broken_everywhere_is_cut_short(report: LintReport) -> None:
    many = tuple(replace(report.findings[0], path=("paths", number)) for number in range(250))
    text = text_of(parsed(replace(report, findings=many)), "testsuite/testcase/failure")
    assert len(text.splitlines()) == 101
    assert text.endswith("… and 150 more")


def test_what_does_not_fail_the_run_is_written_down_but_passes(report: LintReport) -> None:
    texts = [node.text for node in parsed(report).iter("system-out")]
    assert texts[0] == (
        "orders.yaml:7:20: warning: `List_Orders` is not camelCase. (at /paths/~1orders/get/operationId)"
    )
    assert parsed(replace(report, fail_severity=Severity.HINT)).get("failures") == "4"


def test_a_clean_file_is_a_passing_case_and_an_unread_one_an_error(report: LintReport) -> None:
    clean, broken = parsed(report).findall("testsuite")[1::2]
    assert [case.get("name") for case in clean] == ["no findings"]
    assert broken[0][0].tag == "error"
    assert broken[0][0].text == "broken.yaml:3:7: The bracket is never closed. Close it."


def test_what_is_suppressed_is_skipped_with_its_reason(full: LintReport) -> None:
    suite = parsed(full)[0]
    assert suite.get("skipped") == "1"
    skipped = suite.find("testcase[@name='taste (suppressed)']/skipped")
    assert skipped is not None
    assert skipped.get("message") == "1 finding suppressed: Agreed with the architects."


@pytest.mark.parametrize("severity", [Severity.ERROR, None])
def test_hostile_text_is_text(hostile: LintReport, severity: Severity | None) -> None:
    root = parsed(replace(hostile, fail_severity=severity))
    assert "<script>alert(1)</script>" in "".join(root.itertext())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(st.characters(exclude_categories=())), source=st.text(), code=st.text())
def test_any_text_makes_xml_that_parses(
    findings: tuple[Finding, ...], message: str, source: str, code: str
) -> None:
    root = parsed(LintReport((replace(findings[0], message=message, source=source, code=code),), ()))
    assert [node.tag for node in root.iter()] == ["testsuites", "testsuite", "testcase", "failure"]
