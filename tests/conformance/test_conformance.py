"""Each folder of cases, held to the recorded floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import runner


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("folder", runner.FOLDERS)
def test_the_score_does_not_fall_and_no_deviation_is_stale(folder: str, shared: Path) -> None:
    if missing := runner.available(folder):
        pytest.skip(missing)
    data = shared / runner.place_of(folder)
    if not data.is_dir():
        pytest.skip(f"{data} is not there")
    score = runner.run(folder, data)
    assert score.sets, "a folder of cases holds cases"
    assert runner.fallen(folder, score) == {}
    if folder in runner.WHOLE:
        assert [result for result in score.results if result.outcome == "failed"] == []
    assert [deviation.id for deviation in score.stale] == []
