from __future__ import annotations

from linters.diff.proof.outcome import NOTHING, YES, Outcome, Proof


def test_null_is_a_witness_and_nothing_is_none() -> None:
    assert Proof(Outcome.NO, None).has_witness
    assert not YES.has_witness
    assert YES.witness is NOTHING
