from __future__ import annotations

import json

from linters.gate import GateResult, Profile, decide
from linters.lint import load_ruleset

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
