from __future__ import annotations

import pytest

from registry.domain.access import SYSTEM
from registry.domain.errors import NotFound
from registry.services import Registry, reports, versions


def finding(severity: int, code: str = "x") -> dict[str, object]:
    return {
        "code": code,
        "message": "m\0",
        "path": ["a", 0],
        "severity": severity,
        "range": {},
        "source": "o.yaml",
    }


def test_errors_come_first_and_counts_are_whole(published: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_FINDINGS", 3)
    with published.unit(SYSTEM) as context:
        version = versions.get(context, "erp/orders", "1.0.0")
        reports.store_lint(
            context, version.id, "other", [finding(3), finding(1), finding(0), finding(1), finding(2)]
        )
        report = reports.lint(context, "erp/orders", "latest")
    assert report is not None
    assert (report.errors, report.warnings, report.infos, report.hints, report.ruleset) == (
        1,
        2,
        1,
        1,
        "other",
    )
    assert [one["severity"] for one in report.findings] == [0, 1, 1]
    assert report.findings[0]["message"] == "m\ufffd"


def test_reports_of_what_is_not_there(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        with pytest.raises(NotFound):
            reports.lint(context, "erp/orders", "9.0.0")
        assert reports.diffs(context, "erp/orders") == ()


def test_a_comparison_is_stored_once_for_two_versions(published: Registry) -> None:
    changes = [{"verdict": "safe"}, {"verdict": "breaking"}, {"verdict": "unknown"}, {"verdict": "safe"}]
    with published.unit(SYSTEM) as context:
        for _ in range(2):
            made = reports.store_diff(
                context, "erp/orders", "1.0.0", "1.0.0", {"verdict": "breaking", "changes": changes}
            )
        assert (made.breaking, made.safe, made.unknown) == (1, 2, 1)
        assert reports.diffs(context, "erp/orders") == (made,)
