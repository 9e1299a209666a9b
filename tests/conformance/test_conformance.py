"""Each folder of cases, held to the recorded floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import runner


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("folder", runner.FOLDERS)
def test_the_score_does_not_fall_and_no_deviation_is_stale(folder: str, conformance: Path) -> None:
    if missing := runner.available(folder):
        pytest.skip(missing)
    if not (conformance / folder).is_dir():
        pytest.skip(f"{conformance / folder} is not there")
    score = runner.run(folder, conformance / folder)
    assert score.sets, "a folder of cases holds cases"
    assert runner.fallen(folder, score) == {}
    assert [deviation.id for deviation in score.stale] == []
