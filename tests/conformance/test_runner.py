"""The frame itself: scores, deviations, floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import deviations, runner
from .deviations import Deviation
from .results import CaseResult, failed, judged, passed, skipped


def test_a_score_counts_each_outcome_per_set() -> None:
    score = runner.Score((passed("a", "a/1"), failed("a", "a/2", "why"), skipped("b", "b/1", "data")), ())
    assert score.as_dict() == {
        "sets": {
            "a": {"passed": 1, "failed": 1, "deviating": 0, "skipped": 0},
            "b": {"passed": 0, "failed": 0, "deviating": 0, "skipped": 1},
        },
        "differing": ["a/2"],
    }
    assert not score.good


def test_a_known_deviation_counts_apart_and_goes_stale() -> None:
    known = (
        Deviation("a/*", "we are stricter"),
        Deviation("b/1", "mended"),
        Deviation("c/1", "not in the data"),
    )
    results, stale = deviations.apply(
        [failed("a", "a/2", "x"), passed("a", "a/1"), passed("b", "b/1")], known
    )
    assert results[0] == CaseResult("a", "a/2", "deviating", "we are stricter")
    assert stale == (known[1],)
    assert not runner.Score(results, stale).good


def test_a_deviation_needs_a_reason(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("- {id: a, reason: ''}\n")
    with pytest.raises(ValueError, match="reason"):
        deviations.load("x", tmp_path)


def test_a_crash_is_the_failure_of_one_case() -> None:
    assert judged("a", "a/1", lambda: None).outcome == "passed"
    assert judged("a", "a/1", lambda: str(1 // 0)).detail.startswith("ZeroDivisionError")


def test_floors_only_rise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "FLOORS", tmp_path / "floors.yaml")
    runner.record("spectral", runner.Score((passed("a", "1"), passed("a", "2")), ()))
    runner.record("spectral", runner.Score((passed("a", "1"), failed("a", "2", "x")), ()))
    assert runner.floors("spectral") == {"a": 2}
    assert runner.fallen("spectral", runner.Score((passed("a", "1"),), ())) == {"a": (1, 2)}
