from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from contracts.positions import NOWHERE
from linters.gate import GateResult
from linters.lint import Finding, Severity
from linters.reports import Suppressed
from registry.domain.waivers import Waiver, WaiverState
from registry.services import waiving

NOW = datetime(2026, 11, 23, tzinfo=UTC)
RULE = Waiver(
    1, "erp/orders", "auth-stated", None, "/paths/~1orders", "f" * 32, "Agreed.", date(2027, 1, 1),
    WaiverState.GRANTED, "olga", NOW, "ari", NOW, "Seen.", None, None,
)  # fmt: skip
CHANGE = replace(RULE, id=2, rule=None, change="a" * 32, pointer=None, fingerprint=None)


def test_each_becomes_the_entry_that_a_file_would_hold() -> None:
    (entry,) = waiving.of_findings((RULE, CHANGE))
    assert (entry.rule, entry.pointer, entry.fingerprint) == ("auth-stated", ("paths", "/orders"), "f" * 32)
    assert (entry.owner, entry.approver, entry.source, entry.recorded) == ("olga", "ari", "waivers/1", True)
    (approval,) = waiving.of_changes((RULE, CHANGE))
    assert (approval.fingerprint, approval.approver, approval.source) == ("a" * 32, "ari", "waivers/2")


def test_what_spoke_was_needed_and_what_is_told_was_not() -> None:
    finding = Finding("auth-stated", "m", (), Severity.ERROR, NOWHERE, "a.yaml")
    unused = Finding("waiver-unused", "m", (), Severity.INFO, NOWHERE, "waivers/3")
    result = GateResult(
        "pass", "default", (), (unused,), suppressed=(Suppressed(finding, "", entry="waivers/1"),)
    )
    others = (replace(RULE, id=3), replace(RULE, id=4), replace(RULE, id=5, state=WaiverState.EXPIRED))
    assert waiving.use(result, (RULE, CHANGE, *others)) == waiving.Use(frozenset({1}), frozenset({2, 3}))
