"""The switches of a policy: where tools and people disagree, and neither variance nor proof can decide."""

from __future__ import annotations

from typing import Any

from .checks import Check
from .policy import CompatPolicy, Content
from .variance import Effect, Flow, broken
from .verdicts import Side, Verdict

LENIENT: dict[tuple[str, str], str] = {
    ("parameter", "removed"): "removed_parameter",
    ("parameter", "removed-early"): "removed_parameter",
    ("parameter", "removed-unreadable"): "removed_parameter",
    ("parameter-default", "changed"): "changed_default",
    ("server", "removed"): "servers",
    ("server", "protocol-version-changed"): "servers",
    ("server-variable", "default-changed"): "servers",
    ("server-variable", "value-removed"): "servers",
    ("server-variable", "limited"): "servers",
    ("security", "demanded"): "security",
    ("security", "removed"): "security",
    ("security-scope", "added"): "security",
    ("server-security", "demanded"): "security",
    ("server-security", "removed"): "security",
    ("server-security-scope", "added"): "security",
    ("global-security", "demanded"): "security",
    ("global-security", "removed"): "security",
    ("global-security-scope", "added"): "security",
    ("security-scheme", "type-changed"): "security",
    ("security-scheme", "location-changed"): "security",
    ("property", "added-required-with-default"): "required_with_default",
    ("property", "became-required-with-default"): "required_with_default",
}
"""Transitions that count only where a switch of the policy says so."""


_ALWAYS_UNKNOWN = ("document", "not-understood")

Switched = tuple[Verdict, Side | None]
"""A verdict, and whom it breaks."""


def verdict_by_switch(
    policy: CompatPolicy, check: Check, identifier: str, flow: Flow, data: dict[str, Any]
) -> Switched | None:
    """What the policy says about a change, over variance and proof; None where it says nothing.

    Its own verdicts come first, then its switches, then the tier.
    """
    key = (check.element, check.action)
    if key == _ALWAYS_UNKNOWN:
        return None
    named = policy.verdicts.of(identifier)
    if named is not None:
        return _anyone(policy, check, flow, named)
    switch = LENIENT.get(key)
    if switch is not None and not getattr(policy, switch):
        return "safe", None
    special = _of_enum(policy, key, flow, data) or _of_name(policy, key, flow)
    if special is not None:
        return special
    tier = policy.tier.of(check)
    return None if tier is None else _anyone(policy, check, flow, tier)


def _of_enum(policy: CompatPolicy, key: tuple[str, str], flow: Flow, data: dict[str, Any]) -> Switched | None:
    """A value that was added to an enum, by what the policy calls extensible in its direction."""
    modes = policy.extensible_enums
    mode = modes.taken if flow is Flow.IN else modes.given
    if key == ("enum-value", "added") and (mode == "always" or (mode == "marked" and data.get("extensible"))):
        return "safe", None
    if key == ("extensible-enum-value", "added") and mode == "never":
        return _where_broken(policy, Effect.WIDENS, flow)
    return None


def _of_name(policy: CompatPolicy, key: tuple[str, str], flow: Flow) -> Switched | None:
    """A property that came or went, where undeclared names are not let pass, or their loss counts."""
    element, action = key
    if element != "property":
        return None
    if action.startswith("removed"):
        if policy.removed_request_property and flow is Flow.IN:
            return "breaking", policy.protects[0]
        if policy.content is Content.CLOSED:
            return _where_broken(policy, Effect.NARROWS, flow)
    if action.startswith("added") and policy.content is Content.CLOSED:
        return _where_broken(policy, Effect.WIDENS, flow)
    return None


def _where_broken(policy: CompatPolicy, effect: Effect, flow: Flow) -> Switched | None:
    side = next((side for side in broken(effect, flow) if side in policy.protects), None)
    return None if side is None else ("breaking", side)


def _anyone(policy: CompatPolicy, check: Check, flow: Flow, verdict: Verdict) -> Switched:
    """A verdict that asks for no direction, with the side that the direction would name where it names one."""
    if verdict == "safe":
        return verdict, None
    named = _where_broken(policy, check.effect, flow)
    return verdict, policy.protects[0] if named is None else named[1]
