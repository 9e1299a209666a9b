"""Contracts for calls: which operations there are, and what each of them takes and gives."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.model import HttpApi, Operation, Server
from linters.diff import pairing
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Transition, Walk
from linters.diff.variance import Flow

from . import bodies, lifecycle, parameters, responses, security


def walk(base: HttpApi, revision: HttpApi, policy: CompatPolicy) -> Walk:
    """Every transition between two contracts for calls."""
    yield from security.schemes(base.security_schemes, revision.security_schemes)
    yield from servers(base.servers, revision.servers)
    renamed = security.renamed_schemes(base.security_schemes, revision.security_schemes)
    yield from security.everywhere(base, revision, renamed)
    yield from _operations(base, revision, policy, renamed)
    found = pairing.operations(base.webhooks, revision.webhooks)
    for one in found.removed:
        yield Transition("webhook", "removed", one.key, one.origin, None)
    for one in found.added:
        yield Transition("webhook", "added", one.key, None, one.origin)
    for old, new in found.both:
        yield from operation(old, new, policy, renamed)


def servers(base: tuple[Server, ...], revision: tuple[Server, ...]) -> Walk:
    found = pairing.by(lambda one: one.url, base, revision)
    for one in found.removed:
        yield Transition("server", "removed", None, one.origin, None, data={"before": one.url})
    for one in found.added:
        yield Transition("server", "added", None, None, one.origin, data={"after": one.url})


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
    found = pairing.operations(base.callbacks, revision.callbacks)
    for one in found.removed:
        yield Transition("callback", "removed", base.key, one.origin, None, data={"before": one.key})
    for one in found.added:
        yield Transition("callback", "added", base.key, None, one.origin, data={"after": one.key})
    for old, new in found.both:
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
