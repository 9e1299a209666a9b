"""The catalogue of checks as a page: each id, what it tells, and whom it breaks by default."""

from __future__ import annotations

from collections.abc import Iterator

from linters.diff import BACKWARD
from linters.diff.checks import Check, catalogue
from linters.diff.switches import LENIENT
from linters.diff.variance import Effect, Flow, broken

_EVENTS = frozenset(("channel", "send", "receive", "message", "reply", "bindings", "application-id"))
_WAYS = {Flow.IN: "taken in (requests, what is received)", Flow.OUT: "given out (responses, what is sent)"}


def table() -> str:
    """The page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Checks for breaking changes"
    yield ""
    yield "Written by `make coverage` from `linters/diff/checks`, held true by a test. In an id, `{side}` is `request`,"
    yield "`response`, `send` or `receive`; `{place}` adds what it is of (`request-body`, `response-property`,"
    yield "`send-payload-property`); `{name}` is the kind of element with a binding. Whom a change breaks follows from the"
    yield "way its data flows, and from the proof where there is one: *if proved* means that a change breaks only where the"
    yield "values really differ. *By policy* names the setting without which it breaks nobody."
    for title, checks in (("Calls and schemas", _of(events=False)), ("Events", _of(events=True))):
        yield ""
        yield f"## {title}"
        yield ""
        yield f"| id | what | {_WAYS[Flow.IN]} | {_WAYS[Flow.OUT]} |"
        yield "|---|---|---|---|"
        for check in checks:
            ids = ", ".join(f"`{one}`" for one in dict.fromkeys(check.ids.values()))
            cells = " | ".join(breaks(check, flow) for flow in _WAYS)
            yield f"| {ids} | {check.element}: {check.action.replace('-', ' ')} | {cells} |"


def _of(*, events: bool) -> list[Check]:
    found = [check for check in catalogue().values() if _is_of_events(check) == events]
    return sorted(found, key=lambda check: (check.element, check.action))


def _is_of_events(check: Check) -> bool:
    return check.element in _EVENTS or check.element.startswith("channel-")


def breaks(check: Check, flow: Flow) -> str:
    """Whom a change that a check tells of breaks by default, in words."""
    sides = broken(check.effect, flow)
    if check.element in ("keyword", "document"):
        return "unknown"
    if not sides:
        return (
            "nobody, unless a witness shows it"
            if check.keywords and check.effect is Effect.NONE
            else "nobody"
        )
    shown = " and ".join(f"{side}s" for side in sides)
    switch = LENIENT.get((check.element, check.action))
    if switch is not None and not getattr(BACKWARD, switch):
        return f"nobody; by policy `{switch}` {shown}"
    proved = not check.by_rule and (
        check.keywords or (check.effect is Effect.ALTERS and "{place}" in check.ids.get("", ""))
    )
    return f"{shown}, if proved" if proved else shown
