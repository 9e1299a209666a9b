from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.model import Origin
from linters.diff.judge import Judge
from linters.diff.policy import BACKWARD
from linters.diff.transitions import Transition
from linters.diff.variance import Flow

from .building import http

ORIGIN = Origin("contract.yaml", ("paths", "/orders"))


def judged(element: str, action: str, policy=BACKWARD, **more: object):
    api = http()
    judge = Judge(api.documents, api.documents, policy)
    transition = Transition(element, action, "POST /orders", ORIGIN, ORIGIN, **more)  # type: ignore[arg-type]
    (change,) = judge.judge([transition])
    return change


@pytest.mark.parametrize(
    ("element", "action", "flow", "verdict", "breaks"),
    [
        ("parameter", "added-required", Flow.IN, "breaking", "consumer"),
        ("parameter", "added-optional", Flow.IN, "safe", None),
        ("parameter", "added-optional", Flow.OUT, "breaking", "consumer"),
        ("operation", "added", Flow.IN, "safe", None),
        ("operation", "removed", Flow.IN, "breaking", "consumer"),
        ("response-header", "became-optional", Flow.OUT, "breaking", "consumer"),
    ],
)
def test_variance_decides(element: str, action: str, flow: Flow, verdict: str, breaks: str | None) -> None:
    change = judged(element, action, flow=flow)
    assert (change.verdict, change.breaks) == (verdict, breaks)


def test_a_policy_that_protects_providers_sees_the_other_side() -> None:
    forward = replace(BACKWARD, protects=("provider",))
    assert judged("operation", "added", forward).breaks == "provider"
    assert judged("operation", "removed", forward).verdict == "safe"


def test_places_have_lines_and_the_policy_says_why_it_overrules() -> None:
    change = judged("server", "removed", data={"before": "https://a.example"})
    assert change.base is not None
    assert change.base.line > 1
    assert change.pointer == "/paths/~1orders"
    assert change.verdict == "safe"
    assert "policy" in change.reason
