from __future__ import annotations

from lading.covering.explained import reason_of, reasons, stale, unexplained


def test_nothing_is_passed_over_without_a_reason() -> None:
    assert unexplained() == []


def test_every_reason_is_needed() -> None:
    assert stale() == []
    assert stale(["Nothing.*"]) == ["Nothing.*"]


def test_reasons_are_sentences() -> None:
    assert all(one.reason.endswith(".") for one in reasons())
    found = reason_of("Operation.description")
    assert found is not None and "people" in found.reason
    assert reason_of("Operation.parameters") is None
