from __future__ import annotations

from pathlib import Path

from tests.conformance import disagreements


def test_rules_and_proof_disagree_where_it_was_reviewed(conformance: Path) -> None:
    """Written anew by `python -m tests.conformance.disagreements --write`; read the difference."""
    found = disagreements.lines(disagreements.collect(conformance / "breaking"))
    assert found == disagreements.SNAPSHOT.read_text("utf-8").splitlines()
    assert any("no rule explains it" in line for line in found)
