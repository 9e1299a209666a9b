from __future__ import annotations

from datetime import UTC, datetime

from registry.domain.reports import LintReport, Outcome


def test_the_total_counts_what_is_not_kept_too() -> None:
    report = LintReport(1, 1, "lading:all", 2, 3, 4, 5, (), datetime(2026, 1, 1, tzinfo=UTC))
    assert report.total == 14


def test_there_are_three_outcomes() -> None:
    assert [str(one) for one in Outcome] == ["pass", "fail", "unchecked"]
