from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff.checks import catalogue, find
from linters.diff.policy import BACKWARD
from linters.diff.switches import LENIENT, verdict_by_switch


def test_every_switch_names_a_check_and_a_setting() -> None:
    for key, setting in LENIENT.items():
        assert key in catalogue()
        assert isinstance(getattr(BACKWARD, setting), bool)


@pytest.mark.parametrize("key", sorted(LENIENT))
def test_a_switch_that_is_off_makes_its_transition_safe(key: tuple[str, str]) -> None:
    off = replace(BACKWARD, **{LENIENT[key]: False})
    on = replace(BACKWARD, **{LENIENT[key]: True})
    assert verdict_by_switch(off, find(*key), "x", "in", {}) == "safe"
    assert verdict_by_switch(on, find(*key), "x", "in", {}) is None


def test_extensible_enums_bear_new_values_of_what_is_given_out_only() -> None:
    policy = replace(BACKWARD, extensible_enums=True)
    added = find("enum-value", "added")
    assert verdict_by_switch(policy, added, "x", "out", {}) == "safe"
    assert verdict_by_switch(policy, added, "x", "in", {}) is None
    assert verdict_by_switch(BACKWARD, added, "x", "out", {}) is None


def test_a_verdict_by_id_is_over_everything() -> None:
    policy = replace(BACKWARD, verdicts={"endpoint-added": "breaking"})
    assert verdict_by_switch(policy, find("operation", "added"), "endpoint-added", "in", {}) == "breaking"


def test_a_removed_request_property_counts_where_the_policy_says_so() -> None:
    policy = replace(BACKWARD, removed_request_property=True)
    assert verdict_by_switch(policy, find("property", "removed-optional"), "x", "in", {}) == "breaking"
    assert verdict_by_switch(policy, find("property", "removed-optional"), "x", "out", {}) is None
