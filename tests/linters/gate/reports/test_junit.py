from __future__ import annotations

from xml.etree import ElementTree

from linters.gate import GateResult
from linters.gate.reports import junit


def test_each_check_is_a_case_and_only_those_that_decide_can_fail(refused: GateResult) -> None:
    suite = ElementTree.fromstring(junit.render(refused, "erp/orders").encode()).find("testsuite")
    assert suite is not None
    assert suite.attrib == {
        "name": "erp/orders",
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "0",
    }
    cases = {case.get("name"): [child.tag for child in case] for case in suite}
    assert cases == {
        "validity": ["system-out"],
        "lint": ["failure"],
        "version": ["error"],
        "impact": ["system-out"],
    }


def test_a_reason_cannot_make_the_file_unreadable(refused: GateResult) -> None:
    failure = ElementTree.fromstring(junit.render(refused).encode()).find(".//failure")
    assert failure is not None
    assert "a|b <i>" in (failure.get("message") or "")


def test_a_pass(passed: GateResult) -> None:
    suite = ElementTree.fromstring(junit.render(passed).encode())[0]
    assert (suite.get("name"), suite.get("failures"), suite.get("errors")) == ("gate", "0", "0")
