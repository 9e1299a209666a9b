from __future__ import annotations

import json

from contracts.positions import Position, Range
from linters.gate import GateResult, Profile, decide
from linters.lint import Finding, Severity, load_ruleset
from linters.reports import Suppressed

from .building import breaking, request, safe


def test_a_result_as_json_and_back() -> None:
    rules = load_ruleset(
        {"rules": {"no-post": {"given": "$.paths[*].post", "then": {"function": "undefined"}}}}
    )
    base, candidate = breaking()
    result = decide(request(base, candidate, findings=None, ruleset=rules), Profile())
    told = json.loads(json.dumps(result.as_dict()))
    assert told["outcome"] == "fail"
    assert told["findings"]
    assert GateResult.from_dict(told).as_dict() == told


def test_only_pass_is_a_yes() -> None:
    assert decide(request(*safe()), Profile()).accepted
    assert not decide(request(*breaking()), Profile()).accepted


def test_what_somebody_answers_for_is_told_and_read_back() -> None:
    place = Range(Position(0, 0), Position(0, 1))
    one = Suppressed(Finding("a", "m", (), Severity.WARN, place, "a.yaml"), "Agreed.", "inSource")
    told = GateResult("pass", "default", (), suppressed=(one,)).as_dict()
    assert told["suppressed"][0]["suppressed"] == {"kind": "inSource", "reason": "Agreed."}
    assert GateResult.from_dict(json.loads(json.dumps(told))).suppressed == (one,)
    del told["suppressed"]
    assert GateResult.from_dict(told).suppressed == (), "an older registry says nothing of it"
