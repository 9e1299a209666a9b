"""A contract that is taken away as a whole: it may go if its end was announced, and the day has come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from contracts.model import HttpApi
from linters.diff.notice import Notice

from .profile import Profile
from .request import Api
from .result import Check, GateResult, Outcome

SHOWN = 20
_OUTCOMES: dict[str, Outcome] = {"gone": "pass", "alive": "fail", "early": "fail", "unread": "unchecked"}


def decide_removal(base: Api, profile: Profile, today: date | None) -> GateResult:
    """Whether a contract may be deleted.

    It may if it is deprecated as a whole (`info.x-deprecated`) or in each of its operations, and no sunset that
    it states lies ahead.
    """
    if base.problems:
        reason = f"It was deleted, and what it was is not understood: {base.problems[0].message}"
        return _answer(profile, "unchecked", reason, ())
    states = [(key, _state(notice, today)) for key, notice in _promised(base)]
    for state, words in (
        ("alive", "was deleted without having been deprecated"),
        ("early", "was deleted before its sunset"),
        ("unread", "was deleted, and whether its sunset has passed cannot be told"),
    ):
        found = [key for key, one in states if one == state]
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return _answer(profile, _OUTCOMES[state], f"The contract {words}: {found[0]}{more}.", found)
    return _answer(profile, "pass", "The contract was deleted after its announced end.", ())


def _answer(profile: Profile, outcome: Outcome, reason: str, operations: Any) -> GateResult:
    check = Check("lifecycle", outcome, reason, True, {"operations": list(operations)[:SHOWN]})
    return GateResult(outcome, profile.name, (check,))


def _promised(base: Api) -> Iterator[tuple[str, Notice]]:
    """What the contract promises, by name, each with the notice of its end."""
    root = base.documents.root.value
    info = root.get("info") if isinstance(root, Mapping) else None
    whole = _notice(info, deprecated=False)
    if whole.deprecated:
        yield base.title or "the contract", whole
        return
    operations = (*base.operations, *base.webhooks) if isinstance(base, HttpApi) else base.operations
    for one in operations:
        own = _notice(one.raw, deprecated=one.deprecated)
        yield one.key, own if own.written is not None else Notice(own.deprecated, whole.written)
    if not operations and not isinstance(base, HttpApi):
        for key, channel in base.channels.items():
            yield key, _notice(channel.raw, deprecated=False)


def _notice(element: Any, *, deprecated: bool) -> Notice:
    marked = isinstance(element, Mapping) and element.get("x-deprecated") is True
    return Notice.of(deprecated or marked, element)


def _state(notice: Notice, today: date | None) -> str:
    if not notice.deprecated:
        return "alive"
    if notice.written is None:
        return "gone"
    if notice.sunset is None or today is None:
        return "unread"
    return "early" if today <= notice.sunset else "gone"
