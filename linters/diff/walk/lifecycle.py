"""Deprecation, sunset dates and stability levels of operations (`deprecated`, `x-sunset`, `x-stability-level`)."""

from __future__ import annotations

from contracts.model import Operation
from linters.diff import notice
from linters.diff.notice import Notice
from linters.diff.policy import LEVELS, CompatPolicy
from linters.diff.transitions import Transition, Walk


def stability_of(operation: Operation) -> str:
    """The level that an operation states; one that states none is stable."""
    level = operation.extensions.get("x-stability-level", "stable")
    return level if isinstance(level, str) else str(level)


def is_compared(operation: Operation, policy: CompatPolicy) -> bool:
    """Whether the operation has promised enough to be held to it."""
    level = stability_of(operation)
    return level not in LEVELS or LEVELS.index(level) >= LEVELS.index(policy.stability)


def removed(operation: Operation, policy: CompatPolicy, *, whole_path: bool) -> Transition:
    """The removal of an operation, told by whether it was announced."""
    held = _notice(operation)
    action = notice.removed(held, policy)
    element = "path" if whole_path or action == "removed-unreadable" else "operation"
    return Transition(element, action, operation.key, operation.origin, None, data={"before": held.written})


def operation(base: Operation, revision: Operation, policy: CompatPolicy) -> Walk:
    """Transitions of deprecation and sunset of one operation."""
    old, new = _notice(base), _notice(revision)
    action = notice.moved(old, new, policy, stability_of(revision))
    if action is not None:
        data = {"before": old.written, "after": new.written}
        yield Transition("operation", action, base.key, base.origin, revision.origin, data=data)


def _notice(operation: Operation) -> Notice:
    return Notice.of(operation.deprecated, operation.extensions)


def stability(base: Operation, revision: Operation) -> Walk:
    """Transitions of the stability level."""
    old, new = stability_of(base), stability_of(revision)
    if old == new:
        return
    places = (base.origin, revision.origin)
    data = {"before": old, "after": new}
    if new not in LEVELS:
        yield Transition("stability", "invalid", base.key, *places, data=data)
    elif old in LEVELS:
        action = "decreased" if LEVELS.index(new) < LEVELS.index(old) else "increased"
        yield Transition("stability", action, base.key, *places, data=data)
