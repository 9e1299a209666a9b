from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff.checks import catalogue, find
from linters.diff.overrides import Overrides
from linters.diff.policy import BACKWARD, Content, ExtensibleEnums
from linters.diff.switches import LENIENT, Switched, verdict_by_switch
from linters.diff.tiers import Tier
from linters.diff.variance import Flow

SAFE: Switched = ("safe", None)


def test_every_switch_names_a_check_and_a_setting() -> None:
    for key, setting in LENIENT.items():
        assert key in catalogue()
        assert isinstance(getattr(BACKWARD, setting), bool)


@pytest.mark.parametrize("key", sorted(LENIENT))
def test_a_switch_that_is_off_makes_its_transition_safe(key: tuple[str, str]) -> None:
    off = replace(BACKWARD, **{LENIENT[key]: False})
    on = replace(BACKWARD, **{LENIENT[key]: True})
    assert verdict_by_switch(off, find(*key), "x", Flow.IN, {}) == SAFE
    assert verdict_by_switch(on, find(*key), "x", Flow.IN, {}) is None


def test_extensible_enums_bear_new_values_of_what_is_given_out_only() -> None:
    policy = replace(BACKWARD, extensible_enums=ExtensibleEnums(given="always"))
    added = find("enum-value", "added")
    assert verdict_by_switch(policy, added, "x", Flow.OUT, {}) == SAFE
    assert verdict_by_switch(policy, added, "x", Flow.IN, {}) is None
    assert verdict_by_switch(BACKWARD, added, "x", Flow.OUT, {}) is None


def test_a_verdict_by_id_is_over_everything() -> None:
    policy = replace(BACKWARD, verdicts=Overrides((("endpoint-added", "breaking"),)))
    assert verdict_by_switch(policy, find("operation", "added"), "endpoint-added", Flow.IN, {}) == (
        "breaking",
        "consumer",
    )


def test_a_removed_request_property_counts_where_the_policy_says_so() -> None:
    policy = replace(BACKWARD, removed_request_property=True)
    assert verdict_by_switch(policy, find("property", "removed-optional"), "x", Flow.IN, {}) == (
        "breaking",
        "consumer",
    )
    assert verdict_by_switch(policy, find("property", "removed-optional"), "x", Flow.OUT, {}) is None


def test_marked_enums_bear_new_values_and_never_makes_the_mark_an_enum() -> None:
    added, listed = find("enum-value", "added"), find("extensible-enum-value", "added")
    assert verdict_by_switch(BACKWARD, added, "x", Flow.OUT, {"extensible": True}) == SAFE
    assert verdict_by_switch(BACKWARD, listed, "x", Flow.OUT, {}) is None
    never = replace(BACKWARD, extensible_enums=ExtensibleEnums("never", "never"))
    assert verdict_by_switch(never, added, "x", Flow.OUT, {"extensible": True}) is None
    assert verdict_by_switch(never, listed, "x", Flow.OUT, {}) == ("breaking", "consumer")
    assert verdict_by_switch(never, listed, "x", Flow.IN, {}) is None


@pytest.mark.parametrize(
    ("action", "flow", "side"),
    [
        ("added-optional", Flow.OUT, "consumer"),
        ("added-optional", Flow.IN, "provider"),
        ("removed-optional", Flow.IN, "consumer"),
        ("removed-optional", Flow.OUT, "provider"),
    ],
)
def test_closed_content_minds_whoever_meets_a_name_that_it_does_not_know(
    action: str, flow: Flow, side: str
) -> None:
    closed = replace(BACKWARD, content=Content.CLOSED, protects=("consumer", "provider"))
    assert verdict_by_switch(closed, find("property", action), "x", flow, {}) == ("breaking", side)


def test_a_tier_speaks_last() -> None:
    tiered = replace(
        BACKWARD, tier=Tier("mine", (("operation-id/removed", "breaking"), ("enum-value/added", "breaking")))
    )
    assert verdict_by_switch(tiered, find("operation-id", "removed"), "x", Flow.IN, {}) == (
        "breaking",
        "consumer",
    )
    marked = {"extensible": True}
    assert verdict_by_switch(tiered, find("enum-value", "added"), "x", Flow.OUT, marked) == SAFE


def test_what_was_not_understood_is_made_safe_by_nobody() -> None:
    policy = replace(BACKWARD, verdicts=Overrides((("*", "safe"),)))
    check = find("document", "not-understood")
    assert verdict_by_switch(policy, check, "document-not-understood", Flow.IN, {}) is None
