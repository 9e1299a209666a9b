"""Security: the schemes that a contract declares, and what each operation demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.model import HttpApi, Operation, Origin, SecurityRequirement, SecurityScheme
from linters.diff import pairing
from linters.diff.transitions import Places, Transition, Walk

from . import extensions

_URLS = {
    "authorizationUrl": "oauth-url-changed",
    "tokenUrl": "oauth-token-url-changed",
    "refreshUrl": "oauth-refresh-url-changed",
    "deviceAuthorizationUrl": "oauth-device-url-changed",
}

_TOLD = {
    "bearerFormat": "bearer-format-changed",
    "oauth2MetadataUrl": "oauth-metadata-url-changed",
    "deprecated": "deprecation-changed",
}
"""Fields of a scheme that change nothing for those who hold credentials."""

Alternatives = tuple[SecurityRequirement, ...]


def requirements(base: Operation, revision: Operation, renamed: Mapping[str, str]) -> Walk:
    """What an operation demands."""
    asked = Asked("security", base.key, (base.origin, revision.origin))
    yield from demands(asked, base.security, revision.security, renamed)


def everywhere(base: HttpApi, revision: HttpApi, renamed: Mapping[str, str]) -> Walk:
    """What a contract demands of every operation that states nothing of its own."""
    places = tuple(_at_root(one) for one in (base, revision))
    asked = Asked("global-security", None, (places[0], places[1]))
    yield from demands(asked, base.security, revision.security, renamed)


def _at_root(one: HttpApi) -> Origin:
    root = one.documents.root
    return Origin(root.source, ("security",) if one.security is not None else ())


@dataclass(frozen=True, slots=True)
class Asked:
    """Who demands: which element, of which operation (None: of all), and where that is written."""

    element: str
    operation: str | None
    places: Places

    def moved(self, action: str, suffix: str = "", **data: Any) -> Transition:
        return Transition(self.element + suffix, action, self.operation, *self.places, data=data)


def demands(
    asked: Asked, base: Alternatives | None, revision: Alternatives | None, renamed: Mapping[str, str]
) -> Walk:
    """What is asked of whom. Alternatives are compared as a set: each old one must still be enough.

    `renamed` are the revision's names of schemes → the base's, where only the name changed.
    """
    old = _alternatives(base)
    new = tuple(
        {renamed.get(name, name): scopes for name, scopes in one.items()} for one in _alternatives(revision)
    )
    if old == new:
        return
    lost = [one for one in old if not any(_suffices(one, other) for other in new)]
    gained = [one for one in new if not any(_suffices(one, other) for other in old)]
    for one in lost:
        same = _of_same_schemes(one, new)
        if not one:
            yield asked.moved("demanded", after=" or ".join(map(named, new)))
        elif same is not None:
            yield from _scopes(asked, one, same)
        else:
            yield asked.moved("removed", before=named(one))
    for one in gained:
        same = _of_same_schemes(one, old)
        if same is not None and same not in lost and one:
            yield from _scopes(asked, same, one)
        elif (same is None and {} not in lost) or not one:
            action = "added" if one else "lifted"
            yield asked.moved(action, after=named(one), before=" or ".join(map(named, old)))


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


def _scopes(asked: Asked, old: SecurityRequirement, new: SecurityRequirement) -> Walk:
    for name in old:
        for scope in sorted(set(new[name]) - set(old[name])):
            yield asked.moved("added", "-scope", name=name, after=scope)
        for scope in sorted(set(old[name]) - set(new[name])):
            yield asked.moved("removed", "-scope", name=name, before=scope)


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
    if old.openid_connect_url != new.openid_connect_url and before == after:
        told = {**data, "before": old.openid_connect_url, "after": new.openid_connect_url}
        yield Transition("security-scheme", "openid-url-changed", None, *places, data=told)
    for field, action in _TOLD.items():
        if old.raw.get(field) != new.raw.get(field) and before == after:
            told = {**data, "before": old.raw.get(field), "after": new.raw.get(field)}
            yield Transition("security-scheme", action, None, *places, data=told)
    yield from extensions.walk(f"the security scheme {new.name}", None, places, old.raw, new.raw)
    yield from extensions.walk(
        f"the flows of the security scheme {new.name}", None, places, old.flows, new.flows
    )
    for flow in dict.fromkeys((*old.flows, *new.flows)):
        if not flow.startswith("x-") and (flow in old.flows) != (flow in new.flows):
            action = "flow-added" if flow in new.flows else "flow-removed"
            yield Transition(
                "security-scheme", action, None, *places, data={**data, "before": flow, "after": flow}
            )
    for flow in old.flows:
        one, other = old.flows[flow], new.flows.get(flow)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _flow(places, data, one, other)


def _flow(places: Places, data: dict[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]) -> Walk:
    for key, action in _URLS.items():
        before, after = old.get(key), new.get(key)
        if before != after:
            yield Transition(
                "security-scheme", action, None, *places, data={**data, "before": before, "after": after}
            )
    yield from extensions.walk(f"a flow of the security scheme {data['name']}", None, places, old, new)
    # AsyncAPI 3 calls them `availableScopes`, as `scopes` are those that are asked for.
    scopes = [one.get("scopes") or one.get("availableScopes") or {} for one in (old, new)]
    for scope in scopes[0]:
        if scope not in scopes[1]:
            yield Transition(
                "security-scheme", "scope-removed", None, *places, data={**data, "before": scope}
            )
        elif scopes[0][scope] != scopes[1][scope]:
            told = {**data, "value": scope, "before": scopes[0][scope], "after": scopes[1][scope]}
            yield Transition("security-scheme", "scope-changed", None, *places, data=told)
    for scope in scopes[1]:
        if scope not in scopes[0]:
            yield Transition("security-scheme", "scope-added", None, *places, data={**data, "after": scope})


def _type(scheme: SecurityScheme) -> str:
    return f"{scheme.type} {scheme.scheme.lower()}" if scheme.scheme else scheme.type
