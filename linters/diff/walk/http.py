"""Contracts for calls: which operations there are, and what each of them takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import EventApi, HttpApi, Operation, Origin
from linters.diff import pairing
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Transition, Walk
from linters.diff.variance import Flow

from . import bodies, extensions, lifecycle, parameters, responses, security, servers


def walk(base: HttpApi, revision: HttpApi, policy: CompatPolicy) -> Walk:
    """Every transition between two contracts for calls."""
    yield from security.schemes(base.security_schemes, revision.security_schemes)
    yield from servers.walk(base.servers, revision.servers)
    renamed = security.renamed_schemes(base.security_schemes, revision.security_schemes)
    yield from whole(base, revision)
    yield from _paths(base, revision)
    yield from security.everywhere(base, revision, renamed)
    yield from _operations(base, revision, policy, renamed)
    found = pairing.operations(base.webhooks, revision.webhooks)
    for one in found.removed:
        yield Transition("webhook", "removed", one.key, one.origin, None)
    for one in found.added:
        yield Transition("webhook", "added", one.key, None, one.origin)
    for old, new in found.both:
        yield from servers.walk(old.servers, new.servers, old.key)
        yield from operation(old, new, policy, renamed)


def whole(base: HttpApi | EventApi, revision: HttpApi | EventApi) -> Walk:
    """What extends a contract as a whole."""
    tops = [one.documents.root for one in (base, revision)]
    for key, what in ((None, "the contract"), ("info", "the information about the contract")):
        held = [_mapping(top.value if key is None else _mapping(top.value).get(key)) for top in tops]
        at = [Origin(top.source, () if key is None else (key,)) for top in tops]
        yield from extensions.walk(what, None, (at[0], at[1]), *held)


def _paths(base: HttpApi, revision: HttpApi) -> Walk:
    """What extends the items of the paths, as the document itself writes them."""
    roots = [one.documents.root for one in (base, revision)]
    old, new = (_mapping(_mapping(root.value).get("paths")) for root in roots)
    for path in old:
        if path in new:
            at = [Origin(root.source, ("paths", path)) for root in roots]
            yield from extensions.walk(
                f"the path {path}", None, (at[0], at[1]), _mapping(old[path]), _mapping(new[path])
            )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _operations(base: HttpApi, revision: HttpApi, policy: CompatPolicy, renamed: Mapping[str, str]) -> Walk:
    found = pairing.operations(base.operations, revision.operations)
    left = {pairing.template(one.path) for one in revision.operations}
    for one in found.removed:
        if lifecycle.is_compared(one, policy):
            whole = pairing.template(one.path) not in left
            yield lifecycle.removed(one, policy, whole_path=whole)
    for one in found.added:
        yield Transition("operation", "added", one.key, None, one.origin)
    for old, new in found.both:
        yield from lifecycle.stability(old, new)
        if lifecycle.is_compared(old, policy):
            if old.servers is not base.servers or new.servers is not revision.servers:
                yield from servers.walk(old.servers, new.servers, old.key)
            yield from operation(old, new, policy, renamed)


def operation(base: Operation, revision: Operation, policy: CompatPolicy, renamed: Mapping[str, str]) -> Walk:
    """Transitions of one operation, its callbacks included."""
    yield from lifecycle.operation(base, revision, policy)
    yield from _identity(base, revision)
    if not (base.inherits_security and revision.inherits_security and base.kind == "operation"):
        yield from security.requirements(base, revision, renamed)
    yield from parameters.walk(base, revision, policy)
    yield from bodies.request(base, revision)
    yield from responses.walk(base, revision)
    places = (base.origin, revision.origin)
    yield from extensions.walk("the operation", base.key, places, base.raw, revision.raw)
    found = pairing.operations(base.callbacks, revision.callbacks)
    for one in found.removed:
        yield Transition("callback", "removed", base.key, one.origin, None, data={"before": one.key})
    for one in found.added:
        yield Transition("callback", "added", base.key, None, one.origin, data={"after": one.key})
    for old, new in found.both:
        yield from servers.walk(old.servers, new.servers, old.key)
        yield from operation(old, new, policy, renamed)


def _identity(base: Operation, revision: Operation) -> Walk:
    key, places = base.key, (base.origin, revision.origin)
    before, after = base.operation_id, revision.operation_id
    if before != after:
        action = "added" if before is None else "removed"
        yield Transition("operation-id", action, key, *places, data={"before": before, "after": after})
    for tag in base.tags:
        if tag not in revision.tags:
            yield Transition("tag", "removed", key, *places, flow=Flow.OUT, data={"before": tag})
    for tag in revision.tags:
        if tag not in base.tags:
            yield Transition("tag", "added", key, *places, flow=Flow.OUT, data={"after": tag})
