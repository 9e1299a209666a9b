from __future__ import annotations

from pathlib import Path

import pytest

from gateway.acceptors.emission import emit
from gateway.acceptors.machine import Machine
from gateway.acceptors.nodes import ANYTHING
from tests.conformance import acceptors

_FEW = (
    "dcsa/*tnt*3.0.0*",
    "dcsa/*booking*2.0.5*",
    "wms/*order*",
    "ups/*shipping@2026*",
    "opentripmodel/*b5*",
    "general/polar*",
    "gs1/*2022*",
)


def test_what_is_known_of_real_contracts_is_valid(corpus: Path) -> None:
    """`python -m tests.conformance.acceptors` tries all of them; here are a few with each run."""
    tally = acceptors.run(corpus, _FEW, schemas=20, values=12)
    assert tally.broken == []
    assert tally.counts["compiled"] > 100
    assert tally.counts["known"] > 0.8 * tally.counts["valid"] > 500
    assert tally.counts["disturbed and known"] > 200


def test_one_that_knows_too_much_is_found(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(emit(ANYTHING))  # what tries Wasmtime out is not to be deceived
    monkeypatch.setattr(Machine, "judge", lambda *_: True)
    assert acceptors.run(corpus, ("dcsa/*tnt*3.0.0*",), schemas=2, values=3).broken


def test_the_command_says_when_there_is_nothing_to_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert acceptors.main(["--corpus", str(tmp_path / "none")]) == 2
    assert "no contracts" in capsys.readouterr().err
