from __future__ import annotations

import json

import pytest

from linters.diff import compare
from linters.gate import Check, GateResult
from linters.lint import Severity
from tests.linters.diff.building import http

from .asking import BARE, REQUIRED_SKU, finding, result


@pytest.mark.parametrize(("outcome", "accepted"), [("pass", True), ("fail", False), ("unchecked", False)])
def test_only_a_pass_lets_a_version_through(outcome: str, accepted: bool) -> None:
    assert result(outcome).accepted is accepted


def test_what_a_registry_sends_reads_back_as_it_was() -> None:
    told = result(
        "fail",
        Check("lint", "fail", "1 finding fails.", True, {"error": 1}),
        Check("impact", "unchecked", "Not known.", False),
        findings=(finding(), finding("taste", Severity.HINT)),
        comparison=compare(http(response=REQUIRED_SKU), http(response=BARE)),
        suggested_version="2.0.0",
    ).as_dict()
    sent = json.loads(json.dumps(told))
    assert sent["comparison"]["verdict"] == "breaking"
    assert GateResult.from_dict(sent).as_dict() == told


def test_what_an_older_registry_leaves_out() -> None:
    read = GateResult.from_dict(
        {"outcome": "pass", "checks": [{"name": "lint", "outcome": "pass", "reason": "Good."}]}
    )
    assert read.accepted
    assert read.comparison is None
    assert read.checks[0].required
