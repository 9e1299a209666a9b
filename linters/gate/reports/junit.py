"""JUnit XML: one test case for each check."""

from __future__ import annotations

from xml.etree import ElementTree

from linters.gate.result import GateResult
from linters.reports.excerpts import printable
from linters.reports.xml_text import legal


def render(result: GateResult, title: str = "") -> str:
    """The result as JUnit XML. Checks that do not decide never count as failures."""
    deciding = [check for check in result.checks if check.required]
    suite = ElementTree.Element(
        "testsuite",
        name=legal(printable(title or "gate")),
        tests=str(len(result.checks)),
        failures=str(sum(check.outcome == "fail" for check in deciding)),
        errors=str(sum(check.outcome == "unchecked" for check in deciding)),
        skipped="0",
    )
    for check in result.checks:
        case = ElementTree.SubElement(suite, "testcase", classname="lading.gate", name=check.name)
        if check.required and check.outcome != "pass":
            tag = "failure" if check.outcome == "fail" else "error"
            ElementTree.SubElement(case, tag, message=legal(printable(check.reason)), type=check.outcome)
        else:
            ElementTree.SubElement(case, "system-out").text = legal(printable(check.reason))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode") + "\n"
