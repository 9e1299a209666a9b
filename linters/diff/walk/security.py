"""Security: the schemes that a contract declares, and what each operation demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.model import Operation, SecurityRequirement, SecurityScheme
from linters.diff import pairing
from linters.diff.transitions import Places, Transition, Walk

Alternatives = tuple[SecurityRequirement, ...]


def requirements(base: Operation, revision: Operation, renamed: Mapping[str, str]) -> Walk:
    """What an operation demands. Its alternatives are compared as a set: each old one must still be enough.

    `renamed` are the revision's names of schemes → the base's, where only the name changed.
    """
    old = _alternatives(base.security)
    new = tuple(
        {renamed.get(name, name): scopes for name, scopes in one.items()}
        for one in _alternatives(revision.security)
    )
    if old == new:
        return
    places = (base.origin, revision.origin)
    lost = [one for one in old if not any(_suffices(one, other) for other in new)]
    gained = [one for one in new if not any(_suffices(one, other) for other in old)]
    for one in lost:
        same = _of_same_schemes(one, new)
        if not one:
            data = {"after": " or ".join(map(named, new))}
            yield Transition("security", "demanded", base.key, *places, data=data)
        elif same is not None:
            yield from _scopes(base.key, places, one, same)
        else:
            yield Transition("security", "removed", base.key, *places, data={"before": named(one)})
    for one in gained:
        same = _of_same_schemes(one, old)
        if same is not None and same not in lost and one:
            yield from _scopes(base.key, places, same, one)
        elif (same is None and {} not in lost) or not one:
            action = "added" if one else "lifted"
            data = {"after": named(one), "before": " or ".join(map(named, old))}
            yield Transition("security", action, base.key, *places, data=data)


def _alternatives(security: Alternatives | None) -> Alternatives:
    """Stated nowhere, or stated to be none, is: anyone."""
    return security or ({},)


def _suffices(held: SecurityRequirement, demanded: SecurityRequirement) -> bool:
    """Whether whoever satisfies the one requirement satisfies the other."""
    return all(name in held and set(scopes) <= set(held[name]) for name, scopes in demanded.items())


def _of_same_schemes(
    one: SecurityRequirement, others: Sequence[SecurityRequirement]
) -> SecurityRequirement | None:
    """The alternative that demands the same schemes, if with other scopes."""
    return next((other for other in others if set(other) == set(one)), None)


def _scopes(key: str, places: Places, old: SecurityRequirement, new: SecurityRequirement) -> Walk:
    for name in old:
        for scope in sorted(set(new[name]) - set(old[name])):
            yield Transition("security-scope", "added", key, *places, data={"name": name, "after": scope})
        for scope in sorted(set(old[name]) - set(new[name])):
            yield Transition("security-scope", "removed", key, *places, data={"name": name, "before": scope})


def named(requirement: SecurityRequirement) -> str:
    """`apiKey and oauth`, or `no credentials`."""
    return " and ".join(sorted(requirement)) or "no credentials"


def renamed_schemes(
    base: Mapping[str, SecurityScheme], revision: Mapping[str, SecurityScheme]
) -> dict[str, str]:
    """The revision's names → the base's, for schemes that were only renamed."""
    _, removed, added = pairing.names(base, revision)
    found: dict[str, str] = {}
    for name in added:
        alike = [one for one in removed if _signature(base[one]) == _signature(revision[name])]
        if len(alike) == 1 and alike[0] not in found.values():
            found[name] = alike[0]
    return found


def _signature(one: SecurityScheme) -> tuple[Any, ...]:
    flows = sorted(
        (name, flow.get("tokenUrl")) for name, flow in one.flows.items() if isinstance(flow, Mapping)
    )
    return (
        one.type,
        (one.scheme or "").lower(),
        one.location,
        one.parameter,
        one.openid_connect_url,
        str(flows),
    )


def schemes(base: Mapping[str, SecurityScheme], revision: Mapping[str, SecurityScheme]) -> Walk:
    """The declared schemes. What a change of them does to an operation shows where the operation demands it."""
    both, removed, added = pairing.names(base, revision)
    for name in removed:
        yield Transition(
            "security-scheme", "removed", None, base[name].origin, None, data={"before": name, "name": name}
        )
    for name in added:
        yield Transition(
            "security-scheme", "added", None, None, revision[name].origin, data={"after": name, "name": name}
        )
    for name in both:
        yield from _scheme(base[name], revision[name])


def _scheme(old: SecurityScheme, new: SecurityScheme) -> Walk:
    places = (old.origin, new.origin)
    data: dict[str, Any] = {"name": new.name}
    before, after = (_type(one) for one in (old, new))
    if before != after:
        yield Transition(
            "security-scheme", "type-changed", None, *places, data={**data, "before": before, "after": after}
        )
    keys = [f"{one.location} {one.parameter}" for one in (old, new)]
    if keys[0] != keys[1] and before == after:
        yield Transition(
            "security-scheme",
            "location-changed",
            None,
            *places,
            data={**data, "before": keys[0], "after": keys[1]},
        )
    for flow in old.flows:
        one, other = old.flows[flow], new.flows.get(flow)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _flow(places, data, one, other)


def _flow(places: Places, data: dict[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> Walk:
    for key, action in (("authorizationUrl", "oauth-url-changed"), ("tokenUrl", "oauth-token-url-changed")):
        before, after = old.get(key), new.get(key)
        if before != after:
            yield Transition(
                "security-scheme", action, None, *places, data={**data, "before": before, "after": after}
            )
    scopes = [one.get("scopes") or {} for one in (old, new)]
    for scope in scopes[0]:
        if scope not in scopes[1]:
            yield Transition(
                "security-scheme", "scope-removed", None, *places, data={**data, "before": scope}
            )
    for scope in scopes[1]:
        if scope not in scopes[0]:
            yield Transition("security-scheme", "scope-added", None, *places, data={**data, "after": scope})


def _type(scheme: SecurityScheme) -> str:
    return f"{scheme.type} {scheme.scheme.lower()}" if scheme.scheme else scheme.type
