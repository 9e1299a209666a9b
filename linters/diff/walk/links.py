"""Links of a response: a help for programs that follow them, never a promise of data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.model import Operation, Response
from linters.diff import pairing
from linters.diff.transitions import Transition, Walk

_TEXTS = frozenset(("description",))


def walk(operation: Operation, what: str, path: str, old: Response, new: Response) -> Walk:
    """Transitions of links by name; of one on both sides, what it says besides its description."""

    def moved(action: str, **data: Any) -> Transition:
        places = (old.origin, new.origin)
        return Transition(
            "link", action, operation.key, *places, what, path, data={"name": new.status, **data}
        )

    both, gone, come = pairing.names(old.links, new.links)
    for name in gone:
        yield moved("removed", before=name)
    for name in come:
        yield moved("added", after=name)
    for name in both:
        before, after = _said(old.links[name]), _said(new.links[name])
        for field in dict.fromkeys((*before, *after)):
            if before.get(field) != after.get(field):
                yield moved(
                    "changed", value=f"{name}: {field}", before=before.get(field), after=after.get(field)
                )


def _said(link: Any) -> Mapping[str, Any]:
    return {key: one for key, one in link.items() if key not in _TEXTS} if isinstance(link, Mapping) else {}
