from __future__ import annotations

from typing import Any

import pytest

from contracts.errors import ContractError
from linters.diff import BACKWARD, CompatPolicy
from linters.gate import Profile
from linters.lint import Severity


def test_a_profile_is_read_and_what_it_leaves_out_is_the_default() -> None:
    policy = CompatPolicy(name="full")
    made = Profile.read({"name": "strict", "fail_severity": "warn", "required": ["lint"]}, policy)
    assert (made.name, made.fail_severity, made.required) == ("strict", Severity.WARN, {"lint"})
    assert made.policy is policy
    assert (made.breaking, made.unchecked, made.notice_days) == ("major", "fail", 90)
    assert Profile.read({"fail_severity": "never"}, policy).fail_severity is None
    plain = Profile.read({}, BACKWARD)
    assert plain == Profile()
    assert "impact" not in plain.required


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({"strictness": 9}, "strictness: there is no such setting; known are breaking"),
        ({"fail_severity": "fatal"}, "fail_severity: it is one of error, warn"),
        ({"required": ["lint", "taste"]}, "required: there are the checks validity, lint"),
        ({"breaking": "allow"}, "breaking: it is refuse or major, not 'allow'"),
        ({"unchecked": "maybe"}, "unchecked: it is fail or pass, not 'maybe'"),
        ({"notice_days": -1}, "notice_days: it is a whole number"),
        ({"notice_days": True}, "notice_days"),
        ({"notice_days": 1.5}, "notice_days"),
    ],
)
def test_what_it_does_not_know_it_refuses(definition: dict[str, Any], words: str) -> None:
    with pytest.raises(ContractError) as raised:
        Profile.read(definition, BACKWARD, "mine.yaml")
    assert words in raised.value.message
    assert raised.value.source == "mine.yaml"
