from __future__ import annotations

import pytest

from linters.gate import GateResult
from linters.gate.result import Outcome
from linters.gate.run import Judged, Run, unjudged


def run(*outcomes: Outcome) -> Run:
    return Run(tuple(Judged(f"{n}.yaml", GateResult(one, "default", ())) for n, one in enumerate(outcomes)))


@pytest.mark.parametrize(
    ("outcomes", "outcome", "summary"),
    [
        ((), "pass", "no contract changed"),
        (("pass",), "pass", "pass"),
        (("pass", "unchecked"), "unchecked", "1 unchecked, 1 pass of 2 contracts"),
        (("unchecked", "fail", "pass"), "fail", "1 fail, 1 unchecked, 1 pass of 3 contracts"),
    ],
)
def test_the_gravest_decides(outcomes: tuple[Outcome, ...], outcome: Outcome, summary: str) -> None:
    assert run(*outcomes).outcome == outcome
    assert run(*outcomes).summary == summary


def test_the_gravest_comes_first() -> None:
    told = run("pass", "fail", "unchecked", "fail").as_dict()
    assert [one["name"] for one in told["contracts"]] == ["1.yaml", "3.yaml", "2.yaml", "0.yaml"]


def test_what_could_not_be_read_is_unchecked_with_the_reason() -> None:
    result = unjudged("default", "a.yaml:3: it ends early.")
    assert (result.outcome, result.checks[0].reason) == ("unchecked", "a.yaml:3: it ends early.")
