"""JUnit XML: one test suite for each contract, in it one test case for each check."""

from __future__ import annotations

from xml.etree import ElementTree

from linters.gate.run import Judged, Run
from linters.reports.excerpts import printable
from linters.reports.xml_text import legal


def render(run: Run) -> str:
    """The run as JUnit XML. Checks that do not decide never count as failures."""
    root = ElementTree.Element("testsuites", name="lading.gate")
    root.extend([_suite(one) for one in run.in_order])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"


def _suite(judged: Judged) -> ElementTree.Element:
    checks = judged.result.checks
    deciding = [check for check in checks if check.required]
    suite = ElementTree.Element(
        "testsuite",
        name=_text(judged.name or "gate"),
        tests=str(len(checks)),
        failures=str(sum(check.outcome == "fail" for check in deciding)),
        errors=str(sum(check.outcome == "unchecked" for check in deciding)),
        skipped="0",
    )
    for check in checks:
        case = ElementTree.SubElement(
            suite, "testcase", classname=_text(judged.name or "lading.gate"), name=check.name
        )
        if judged.source:
            case.set("file", _text(judged.source))
        if check.required and check.outcome != "pass":
            tag = "failure" if check.outcome == "fail" else "error"
            told = ElementTree.SubElement(case, tag, message=_text(check.reason), type=check.outcome)
            told.text = _text(_changes(judged)) if check.name == "compatibility" else None
        else:
            ElementTree.SubElement(case, "system-out").text = _text(check.reason)
    return suite


def _changes(judged: Judged) -> str:
    """What breaks, or could not be told, a line for each."""
    comparison = judged.result.comparison
    grave = [] if comparison is None else [one for one in comparison.changes if one.verdict != "safe"]
    return " · ".join(f"{one.verdict}: {one.operation or 'the contract'}: {one.message}" for one in grave)


def _text(text: str) -> str:
    return legal(printable(text))
