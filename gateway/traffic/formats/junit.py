"""JUnit XML, for CI: each operation is a case, and so is each endpoint that should not have been called."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from gateway.traffic.summary import Summary, Violation, most
from linters.reports.xml_text import legal


def render(summary: Summary, source: str) -> str:
    suite = ET.Element("testsuite", name=legal(source))
    by_operation: dict[tuple[str, str], list[Violation]] = {held: [] for held in sorted(summary.called)}
    for held in most(summary.violations):
        by_operation.setdefault((held.contract, held.operation), []).append(held)
    failures = errors = 0
    for (contract, operation), violations in by_operation.items():
        case = _case(suite, contract, operation)
        if violations:
            failures += 1
            text = "\n".join(
                f"{held.count} × {held.direction} {held.location} {held.pointer or '(whole)'}: {held.message} "
                f"({held.code}), first in {held.where}"
                for held in violations
            )
            _add(case, "failure", violations[0].message, text)
    for title, endpoints in (("shadow endpoint", summary.shadow), ("zombie", summary.zombies)):
        for found in most(endpoints):
            failures += 1
            message = f"{title}: {found.reason}"
            _add(
                _case(suite, found.contract or title, found.operation),
                "failure",
                message,
                f"{found.count} calls",
            )
    if summary.beyond:
        failures += 1
        _add(_case(suite, "audit", "beyond"), "failure", f"{summary.beyond} further findings", "")
    for contract, operation in summary.unused:
        _add(_case(suite, contract, operation), "skipped", "never called", "")
    if not summary.judged:
        errors += 1
        message = (
            f"{summary.unread.total()} places could not be read" if summary.unread else "nothing to judge"
        )
        _add(_case(suite, "audit", "recording"), "error", message, summary.first_unread)
    for name, number in (
        ("tests", len(suite)), ("failures", failures), ("errors", errors), ("skipped", len(summary.unused)),
    ):  # fmt: skip
        suite.set(name, str(number))
    ET.indent(suite)
    return ET.tostring(suite, "unicode", xml_declaration=True) + "\n"


def _case(suite: ET.Element, contract: str, operation: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=legal(contract), name=legal(operation))


def _add(case: ET.Element, kind: str, message: str, text: str) -> None:
    ET.SubElement(case, kind, message=legal(message)).text = legal(text)
