from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linters.diff.proof import Prover
from tests.conformance import soundness

CODE = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "maxLength": 5},
        "lines": {"type": "array", "items": {"type": "integer"}},
    },
    "required": ["code"],
    "$defs": {},
}


@pytest.fixture(scope="module")
def wholes(corpus: Path) -> list[soundness.Whole]:
    return soundness.schemas(corpus)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_proved_holds_against_a_validator(wholes: list[soundness.Whole], seed: int) -> None:
    """`python -m tests.conformance.soundness` shows 100,000 values; here are a few with each run."""
    assert soundness.run(wholes, 150, seed, most_pairs=20).broken == []


def test_many_schemas_are_tried(wholes: list[soundness.Whole]) -> None:
    tally = soundness.run(wholes, 1_500, 7)
    assert len(wholes) > 100
    assert tally.instances >= 1_500
    assert tally.witnesses > 5
    assert tally.broken == []


def test_a_wrong_proof_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prover, "contains", lambda *_: None)
    assert soundness.run([CODE], 5_000, 1, most_pairs=200).broken


def test_the_same_seed_makes_the_same_changes() -> None:
    first, second = (soundness.changed(CODE, random.Random(3)) for _ in range(2))
    assert first == second != CODE


def test_the_command_says_when_there_is_nothing_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert soundness.main(["--corpus", str(tmp_path / "none")]) == 2
    assert "no contracts" in capsys.readouterr().err
