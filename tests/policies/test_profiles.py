from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.gate import Profile
from linters.lint import Severity
from policies import profiles, rulesets


def test_every_profile_and_policy_can_be_read() -> None:
    assert profiles.names() == ("default", "legacy", "strict")
    for name in profiles.names():
        made = profiles.load(name)
        assert made.name == name
        assert made.description
        assert rulesets.load(made.ruleset)
    for name in profiles.policies():
        assert profiles.policy(name).name == name


def test_the_default_profile_is_what_a_profile_is_by_default() -> None:
    made = profiles.load(profiles.DEFAULT)
    plain = Profile()
    for name in ("ruleset", "fail_severity", "policy", "breaking", "notice_days", "required", "unchecked"):
        assert getattr(made, name) == getattr(plain, name), name


def test_strict_asks_more_and_legacy_less() -> None:
    legacy, default, strict = (profiles.load(name) for name in ("legacy", "default", "strict"))
    assert legacy.required < default.required < strict.required
    assert legacy.notice_days < default.notice_days < strict.notice_days
    assert (legacy.fail_severity, strict.fail_severity) == (None, Severity.WARN)
    assert strict.policy.protects == ("consumer", "provider")
    assert [one.unchecked for one in (legacy, default, strict)] == ["pass", "fail", "fail"]


def test_policies_protect_whom_they_say() -> None:
    assert profiles.policy("backward").protects == ("consumer",)
    assert profiles.policy("forward").protects == ("provider",)
    assert set(profiles.policy("full").protects) == {"consumer", "provider"}


@pytest.mark.parametrize("name", ["absent", "", "../gates/default", "default.yaml"])
def test_a_name_that_is_none_is_told_with_those_that_are(name: str) -> None:
    with pytest.raises(ContractError) as raised:
        profiles.load(name)
    assert raised.value.code == "unknown-gate-profile"
    assert "default, legacy, strict" in (raised.value.advice or "")
    with pytest.raises(ContractError) as raised:
        profiles.policy(name)
    assert raised.value.code == "unknown-compatibility-policy"
