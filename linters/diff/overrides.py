"""Severity per id: what a policy says of changes by their ids, over anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache, cached_property
from itertools import product
from typing import Any

from contracts.errors import ContractError

from .checks.catalogue import catalogue
from .verdicts import Verdict

WORDS: tuple[Verdict, ...] = ("breaking", "safe", "unknown")
_SLOT = re.compile(r"\{(\w+)\}")
_SIDES = ("request", "response", "send", "receive", "reply")
_PLACES = (
    "request-parameter", "request-parameter-property", "request-body", "request-property", "response-body",
    "response-property", "response-header", "response-header-property", *(
        f"{side}-{what}" for side in ("send", "receive")
        for what in ("payload", "payload-property", "headers", "headers-property")
    ),
)  # fmt: skip
_UNDECIDED = "-not-comparable"


@dataclass(frozen=True)
class Overrides:
    """Ids, or globs over ids, and their verdicts. The last that fits an id counts, as in ignore files.

    A glob makes nothing safe that could not be compared: that takes the very id.
    """

    rows: tuple[tuple[str, Verdict], ...] = ()

    @cached_property
    def _known(self) -> dict[str, Verdict | None]:
        return {}

    def of(self, identifier: str) -> Verdict | None:
        if identifier not in self._known:
            self._known[identifier] = self._find(identifier)
        return self._known[identifier]

    def _find(self, identifier: str) -> Verdict | None:
        for pattern, verdict in reversed(self.rows):
            if pattern == identifier:
                return verdict
            undecided = verdict == "safe" and identifier.endswith(_UNDECIDED)
            if not undecided and fnmatchcase(identifier, pattern):
                return verdict
        return None

    @classmethod
    def read(cls, definition: Any, source: str = "") -> Overrides:
        """Raises `ContractError` for a word that is no verdict and for ids that no check has."""
        if not isinstance(definition, Mapping):
            raise wrong(source, "verdicts", "it is no mapping of ids to verdicts", "Write id: verdict.")
        for pattern, verdict in definition.items():
            where = f"verdicts.{pattern}"
            if verdict not in WORDS:
                raise wrong(source, where, f"{verdict!r} is no verdict", f"Use {', '.join(WORDS)}.")
            if not any(_fits(str(pattern), template) for template in _templates()):
                near = get_close_matches(str(pattern), identifiers(), n=1, cutoff=0.5)
                advice = f"Did you mean {near[0]}?" if near else "`lading diff --format json` shows ids."
                raise wrong(source, where, "no check has this id", advice)
        return cls(tuple((str(pattern), verdict) for pattern, verdict in definition.items()))


@cache
def identifiers() -> tuple[str, ...]:
    """Ids that checks give, those with a place written out for the common places."""
    return tuple(sorted({one for template in _templates() for one in _written_out(template)}))


@cache
def _templates() -> frozenset[str]:
    return frozenset(template for check in catalogue().values() for template in check.ids.values())


def _written_out(template: str) -> Iterator[str]:
    slots = list(dict.fromkeys(_SLOT.findall(template)))
    choices = {"side": _SIDES, "place": _PLACES, "name": ("channel", "operation", "message", "server")}
    for values in product(*(choices[slot] for slot in slots)):
        found = template
        for slot, value in zip(slots, values, strict=True):
            found = found.replace(f"{{{slot}}}", value)
        yield found


def _fits(pattern: str, template: str) -> bool:
    """Whether some id that the template gives is the one meant, or among those meant."""
    if "*" in pattern or "?" in pattern or "[" in pattern:
        return any(fnmatchcase(one, pattern) for one in _written_out(template))
    expression = "[a-z-]+".join(re.escape(part) for part in _SLOT.sub("\0", template).split("\0"))
    return re.fullmatch(expression, pattern) is not None


def wrong(source: str, key: str, message: str, advice: str) -> ContractError:
    """What is said of a policy that is not one."""
    return ContractError(
        "compat-policy", f"In the compatibility policy, {key}: {message}.", source, advice=advice
    )
