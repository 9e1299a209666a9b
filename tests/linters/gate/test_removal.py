from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linters.gate import Profile
from linters.gate.removal import decide_removal
from tests.linters.diff.building import api, http

TODAY = date(2026, 6, 1)


def operation(**more: Any) -> Any:
    return http(operation=more)


@pytest.mark.parametrize(
    ("given", "outcome", "said"),
    [
        ({}, "fail", "without having been deprecated: POST /orders"),
        ({"deprecated": True}, "pass", "after its announced end"),
        ({"deprecated": True, "x-sunset": "2026-05-31"}, "pass", "after its announced end"),
        ({"deprecated": True, "x-sunset": "2026-06-01"}, "fail", "before its sunset"),
        ({"deprecated": True, "x-sunset": "some day"}, "unchecked", "cannot be told"),
        ({"x-sunset": "2026-05-31"}, "fail", "without having been deprecated"),
    ],
)
def test_a_contract_may_go_when_its_end_was_announced_and_has_come(
    given: dict[str, Any], outcome: str, said: str
) -> None:
    result = decide_removal(operation(**given), Profile(), TODAY)
    assert result.outcome == outcome
    assert said in result.checks[0].reason


def test_without_a_day_a_sunset_cannot_be_told_to_have_passed() -> None:
    base = operation(deprecated=True, **{"x-sunset": "2026-05-31"})
    assert decide_removal(base, Profile(), None).outcome == "unchecked"


def test_the_notice_of_the_whole_contract_counts_for_each_operation() -> None:
    info = {"title": "Orders", "version": "1.0.0", "x-deprecated": True}
    assert decide_removal(http(info=info), Profile(), TODAY).outcome == "pass"
    ahead = {**info, "x-sunset": "2027-01-01"}
    assert decide_removal(http(info=ahead), Profile(), TODAY).outcome == "fail"


def test_events_are_held_to_the_same() -> None:
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "Events", "version": "1.0.0"},
        "channels": {"a": {"address": "a", "messages": {"m": {"payload": {"type": "string"}}}}},
    }
    assert decide_removal(api(document), Profile(), TODAY).outcome == "fail"
    sends = {**document, "operations": {"s": {"action": "send", "channel": {"$ref": "#/channels/a"}}}}
    assert "without having been" in decide_removal(api(sends), Profile(), TODAY).checks[0].reason
    ending = {**document, "operations": {"s": {**sends["operations"]["s"], "x-deprecated": True}}}  # type: ignore[index]
    assert decide_removal(api(ending), Profile(), TODAY).outcome == "pass"


def test_what_is_not_understood_is_unchecked() -> None:
    base = http(operation={"deprecated": True, "parameters": [{"$ref": "#/nowhere"}]})
    assert base.problems
    assert decide_removal(base, Profile(), TODAY).outcome == "unchecked"
