"""The switches of a policy: where tools and people disagree, and neither variance nor proof can decide."""

from __future__ import annotations

from typing import Any

from .checks import Check
from .policy import CompatPolicy
from .verdicts import Verdict

LENIENT: dict[tuple[str, str], str] = {
    ("parameter", "removed"): "removed_parameter",
    ("parameter", "removed-early"): "removed_parameter",
    ("parameter", "removed-unreadable"): "removed_parameter",
    ("parameter-default", "changed"): "changed_default",
    ("server", "removed"): "servers",
    ("security", "demanded"): "security",
    ("security", "removed"): "security",
    ("security-scope", "added"): "security",
    ("global-security", "demanded"): "security",
    ("global-security", "removed"): "security",
    ("global-security-scope", "added"): "security",
    ("security-scheme", "type-changed"): "security",
    ("security-scheme", "location-changed"): "security",
    ("property", "added-required-with-default"): "required_with_default",
    ("property", "became-required-with-default"): "required_with_default",
}
"""Transitions that count only where a switch of the policy says so."""


def verdict_by_switch(
    policy: CompatPolicy, check: Check, identifier: str, flow: str, data: dict[str, Any]
) -> Verdict | None:
    """What the policy says about a change, over variance and proof; None where it says nothing."""
    named = policy.verdicts.get(identifier)
    if named is not None:
        return named  # type: ignore[return-value]  # CompatPolicy.read lets no other word in
    key = (check.element, check.action)
    switch = LENIENT.get(key)
    if switch is not None and not getattr(policy, switch):
        return "safe"
    if (
        key == ("enum-value", "added")
        and flow == "out"
        and (policy.extensible_enums or data.get("extensible"))
    ):
        return "safe"
    if (
        key[0] == "property"
        and key[1].startswith("removed")
        and flow == "in"
        and policy.removed_request_property
    ):
        return "breaking"
    return None
