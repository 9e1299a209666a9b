from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contracts.errors import ContractError
from linters.diff import compare
from linters.gate import Approval, GateResult, Profile, decide, read_approvals
from linters.gate.approvals import settle, told
from tests.linters.gate.building import breaking, request, safe

TODAY = date(2026, 1, 1)
WRITTEN = """\
- fingerprint: {mark}
  reason: Both callers were asked.
  approver: architecture board
  until: 2026-03-31
"""


def mark() -> str:
    (change,) = compare(*breaking()).changes
    return change.fingerprint


def approval(**more: object) -> Approval:
    given = Approval(mark(), "Both callers were asked.", "architecture board", date(2026, 3, 31), "a.yaml", 3)
    return replace(given, **more)  # type: ignore[arg-type]


def decided(*approvals: Approval, version: str = "1.1.0", today: date | None = TODAY) -> GateResult:
    return decide(request(*breaking(version), approvals=approvals, today=today), Profile())


def test_what_is_approved_does_not_fail_and_is_told() -> None:
    assert decided().outcome == "fail"
    result = decided(approval())
    assert result.outcome == "pass"
    (check,) = [one for one in result.checks if one.name == "compatibility"]
    said = "approved by architecture board until 2026-03-31: Both callers were asked"
    assert said in check.reason
    assert check.details["approved"] == [mark()]
    assert result.comparison is not None
    assert result.comparison.verdict == "breaking", "what it is stays what it is"
    assert GateResult.from_dict(result.as_dict()).as_dict() == result.as_dict()


def test_an_approval_of_another_change_approves_nothing() -> None:
    assert decided(approval(fingerprint="0" * 32)).outcome == "fail"


@pytest.mark.parametrize("today", [date(2026, 4, 1), None])
def test_one_that_ended_or_whose_day_nobody_knows_approves_nothing_and_is_told(today: date | None) -> None:
    result = decided(approval(), today=today)
    assert result.outcome != "pass"
    (check,) = [one for one in result.checks if one.name == "compatibility"]
    assert "The approval by architecture board ended on 2026-03-31." in check.reason
    assert result.approved == ()


def test_it_counts_on_its_last_day() -> None:
    assert decided(approval(), today=date(2026, 3, 31)).outcome == "pass"


def test_a_safe_change_uses_no_approval() -> None:
    comparison = compare(*safe())
    (change, *_) = comparison.changes
    settled = settle(comparison, [approval(fingerprint=change.fingerprint)], TODAY)
    assert settled.approved == ()
    assert settled.comparison is comparison


def test_ended_and_unused_ones_are_told_with_their_lines() -> None:
    ended = approval(until=date(2025, 1, 1), line=9)
    lines = told([approval(), ended, approval(fingerprint="0" * 32, line=12)], {mark()}, TODAY)
    assert [line.split(": ")[0] for line in lines] == ["a.yaml:9", "a.yaml:12"]
    assert "ended on 2025-01-01" in lines[0]
    assert "is not used" in lines[1]


def test_a_file_is_read_with_the_lines_of_its_entries() -> None:
    (one,) = read_approvals(("# why\n" + WRITTEN.format(mark=mark())).encode(), "a.yaml")
    assert (one.fingerprint, one.until, one.line) == (mark(), date(2026, 3, 31), 2)


GOOD = WRITTEN.format(mark="a" * 32)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fingerprint: x", "a list of them"),
        ("- x", "a mapping with fingerprint"),
        (GOOD.replace("a" * 32, "abc"), "32 hexadecimal digits"),
        (GOOD.replace("2026-03-31", "soon"), "no day"),
        (GOOD.replace("  reason: Both callers were asked.\n", ""), "no 'reason'"),
        (GOOD.replace("architecture board", "''"), "says something"),
        (GOOD.replace("Both callers were asked.", "x" * 2_001), "longer than"),
        (GOOD + "  rule: x\n", "no 'rule'"),
        (GOOD + GOOD, "approved twice"),
        ("- fingerprint: [", "a.yaml"),
        (f"[{'x, ' * 10_001}]", "more than 10,000"),
    ],
)
def test_a_file_that_is_not_understood_counts_for_nothing(text: str, said: str) -> None:
    with pytest.raises(ContractError) as raised:
        read_approvals(text.encode(), "a.yaml")
    assert said in str(raised.value)
