"""For CI systems that show test results: JUnit XML, a suite a file and a case a rule."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from contracts.errors import ContractError
from contracts.pointers import to_pointer
from linters.lint import Finding
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES, counted
from linters.reports.xml_text import legal

MOST = 100
"""Places that are listed of one rule in one file."""


def render(report: LintReport) -> str:
    failing = set(map(id, report.failures))
    by_file = dict(report.by_file())
    answered: dict[str, dict[str, list[str]]] = {}
    for one in report.suppressed:
        answered.setdefault(one.finding.source, {}).setdefault(one.finding.code, []).append(one.reason)
    root = ElementTree.Element("testsuites", name="lading lint")
    for source in dict.fromkeys((*report.files, *by_file, *answered)):
        suite = _child(root, "testsuite", name=source or "stdin")
        for code, findings in _by_rule(by_file.get(source, [])).items():
            _case(suite, code, findings, failing)
        for code, reasons in answered.get(source, {}).items():
            _skipped(suite, code, reasons)
        if not len(suite):
            _add_case(suite, "no findings")
    for error in report.unread:
        _unread(_child(root, "testsuite", name=error.source or "stdin"), error)
    _count(root)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _by_rule(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.code, []).append(finding)
    return grouped


def _case(suite: ElementTree.Element, code: str, findings: list[Finding], failing: set[int]) -> None:
    """What is not severe enough to fail is written down in a case that passes."""
    case = _add_case(suite, code)
    grave = [finding for finding in findings if id(finding) in failing]
    mild = [finding for finding in findings if id(finding) not in failing]
    if grave:
        message = grave[0].message
        if len(grave) > 1:
            message = f"{counted(len(grave), 'finding')}, the first: {message}"
        kind = SEVERITY_NAMES[min(finding.severity for finding in grave)]
        _child(case, "failure", message=message, type=kind).text = _listed(grave)
    if mild:
        _child(case, "system-out").text = _listed(mild)


def _listed(findings: list[Finding]) -> str:
    lines = [_line(finding) for finding in findings[:MOST]]
    if len(findings) > MOST:
        lines.append(f"… and {len(findings) - MOST:,} more")
    return legal("\n".join(lines))


def _line(finding: Finding) -> str:
    start = finding.range.start
    place = f"{finding.source}:{start.line + 1}:{start.character + 1}"
    pointer = f" (at {to_pointer(finding.path)})" if finding.path else ""
    return f"{place}: {SEVERITY_NAMES[finding.severity]}: {finding.message}{pointer}"


def _skipped(suite: ElementTree.Element, code: str, reasons: list[str]) -> None:
    words = "; ".join(dict.fromkeys(reason or "no reason given" for reason in reasons))
    case = _add_case(suite, f"{code} (suppressed)")
    _child(case, "skipped", message=f"{counted(len(reasons), 'finding')} suppressed: {words}")


def _unread(suite: ElementTree.Element, error: ContractError) -> None:
    case = _add_case(suite, error.code)
    _child(case, "error", message=error.message, type=error.code).text = legal(str(error))


def _count(root: ElementTree.Element) -> None:
    outcomes = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in root:
        suite.set("tests", str(len(suite)))
        for name, tag in outcomes.items():
            suite.set(name, str(sum(case.find(tag) is not None for case in suite)))
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))


def _add_case(suite: ElementTree.Element, name: str) -> ElementTree.Element:
    return _child(suite, "testcase", name=name, classname=suite.get("name", ""), time="0")


def _child(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    return ElementTree.SubElement(parent, tag, {key: legal(value) for key, value in attributes.items()})
