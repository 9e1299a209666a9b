from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff import BACKWARD
from linters.gate import Profile
from linters.lint import Severity


def test_an_empty_definition_is_the_default() -> None:
    assert Profile.read({}, BACKWARD) == Profile()


def test_settings_are_read() -> None:
    profile = Profile.read({"fail_severity": "never", "required": ["lint"], "unchecked": "pass"}, BACKWARD)
    assert profile.fail_severity is None
    assert profile.required == {"lint"}
    assert Profile.read({"fail_severity": "warn"}, BACKWARD).fail_severity is Severity.WARN


@pytest.mark.parametrize(
    "definition",
    [
        {"severity": "error"},
        {"fail_severity": "fatal"},
        {"required": ["style"]},
        {"breaking": "maybe"},
        {"unchecked": "shrug"},
        {"ignores": "some"},
        {"ratchet": "yes"},
        {"notice_days": -1},
        {"notice_days": True},
    ],
)
def test_what_is_not_known_is_refused(definition: dict[str, object]) -> None:
    with pytest.raises(ContractError) as caught:
        Profile.read(definition, BACKWARD, "mine.yaml")
    assert caught.value.source == "mine.yaml"
