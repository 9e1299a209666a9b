"""For CI systems that show test results: JUnit XML, a suite a file."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from contracts.errors import ContractError
from contracts.pointers import to_pointer
from linters.lint import Finding
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES

# XML 1.0 knows no escape for these: they are illegal however they are written (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: LintReport) -> str:
    failing = set(map(id, report.failures))
    by_file = dict(report.by_file())
    sources = [*report.files, *(source for source in by_file if source not in report.files)]
    root = ElementTree.Element("testsuites", name="lading lint")
    for source in sources:
        _suite(root, source, by_file.get(source, []), failing)
    for error in report.unread:
        _unread_suite(root, error)
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: ElementTree.Element, source: str, findings: list[Finding], failing: set[int]) -> None:
    failures = sum(id(finding) in failing for finding in findings)
    suite = _add_suite(root, source, tests=max(1, len(findings)), failures=failures, errors=0)
    if not findings:
        _child(suite, "testcase", name="no findings", classname=source)
    for finding in findings:
        name = f"{finding.code} {to_pointer(finding.path)}".strip()
        case = _child(suite, "testcase", name=name, classname=source)
        severity = SEVERITY_NAMES[finding.severity]
        start = finding.range.start
        text = f"{source}:{start.line + 1}:{start.character + 1}: {severity}: {finding.message}"
        if id(finding) in failing:
            _child(case, "failure", message=finding.message, type=severity).text = _legal(text)
        else:
            _child(case, "system-out").text = _legal(text)


def _unread_suite(root: ElementTree.Element, error: ContractError) -> None:
    suite = _add_suite(root, error.source, tests=1, failures=0, errors=1)
    case = _child(suite, "testcase", name=error.code, classname=error.source)
    _child(case, "error", message=error.message, type=error.code).text = _legal(str(error))


def _add_suite(root: ElementTree.Element, source: str, **numbers: int) -> ElementTree.Element:
    written = {key: str(value) for key, value in numbers.items()}
    return _child(root, "testsuite", name=source, **written, skipped="0")


def _child(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, {key: _legal(value) for key, value in attributes.items()})


def _legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
