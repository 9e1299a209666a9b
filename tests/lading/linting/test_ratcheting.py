from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError
from contracts.positions import NOWHERE
from lading.linting.ratcheting import Held, hold
from lading.outcome import CouldNotTell
from linters.lint import Finding, Severity


def finding(code: str, at: str, severity: Severity = Severity.WARN, source: str = "a.yaml") -> Finding:
    return Finding(code, "m", (at,), severity, NOWHERE, source)


OLD = (finding("a", "x"), finding("a", "y"), finding("b", "x"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "baseline.json"


def held(path: Path, *findings: Finding, update: bool = False) -> Held:
    return hold(path, findings, sorted({one.source for one in findings} | {"a.yaml"}), "r", update=update)


def test_the_first_baseline_lets_pass_what_is_there(path: Path) -> None:
    result = held(path, *OLD, update=True)
    assert (result.findings, result.exceeded) == ((), ())
    assert [one.finding for one in result.suppressed] == list(OLD)
    assert "the ratchet lets 2 of it pass here" in result.suppressed[0].reason
    assert path.exists()


def test_more_of_a_rule_fails_and_the_new_ones_are_named(path: Path) -> None:
    held(path, *OLD, update=True)
    new = finding("a", "z")
    result = held(path, *OLD, new)
    assert result.findings == (new,)
    assert [(name, one.rule, one.found) for name, one in result.exceeded] == [("a.yaml", "a", 3)]
    assert result.notes == ("ratchet  a.yaml: a 3 times, 2 may be; new: line 1",)


def test_fewer_is_told_and_lowered_when_asked(path: Path) -> None:
    held(path, *OLD, update=True)
    assert "2 findings fewer than may be" in held(path, OLD[0]).notes[0]
    assert held(path, OLD[0], update=True).notes == ()
    before = path.read_text()
    assert [one.rule for _, one in held(path, *OLD, update=True).exceeded] == ["a", "b"]
    assert path.read_text() == before, "it is never raised"


def test_advice_and_contracts_that_are_new_are_not_held(path: Path) -> None:
    held(path, *OLD, update=True)
    advice, other = finding("c", "x", Severity.INFO), finding("a", "x", source="new.yaml")
    result = held(path, *OLD, advice, other)
    assert result.findings == (advice, other)
    assert result.exceeded == ()


def test_where_nobody_knows_what_is_allowed_nothing_is_told(path: Path) -> None:
    with pytest.raises(CouldNotTell, match="there is no baseline"):
        held(path, *OLD)
    held(path, *OLD, update=True)
    with pytest.raises(CouldNotTell, match="holds to the ruleset r"):
        hold(path, OLD, ["a.yaml"], "other", update=False)
    path.write_text("{}")
    with pytest.raises(ContractError, match="no baseline of version 1"):
        held(path, *OLD)
