"""What the comparison makes of each change of each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import orjson

from contracts.document import parse
from contracts.model import EventApi, HttpApi, build
from contracts.references import load
from linters.diff import BACKWARD, compare

from .grammar import Grammar, Use
from .mutations import Mutation, extended, mutations
from .samples import sample

SILENT = "silent"
_BOTH = replace(BACKWARD, name="full", protects=("consumer", "provider"))
_PROVIDER = replace(BACKWARD, name="forward", protects=("provider",))


@dataclass(frozen=True, slots=True)
class Row:
    """One change of one field, at one place, and what was made of it."""

    object: str
    field: str
    place: str
    action: str
    outcome: str
    ids: tuple[str, ...]


@cache
def rows(line: str) -> tuple[Row, ...]:
    """Every field of a line, where its sample uses it first in each place, changed in every way."""
    document, grammar = sample(line), Grammar(line)
    found: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    extensible: set[str] = set()
    for use in grammar.uses(document):
        place = place_of(use) if line.startswith("openapi") else ""
        if (use.object, use.field, place) in seen or _is_unused(use):
            continue
        seen.add((use.object, use.field, place))
        found += [_row(use, place, one) for one in mutations(document, use)]
        if use.object not in extensible and grammar.is_extensible(use.object):
            extensible.add(use.object)
            other = replace(use, field="x-…")
            found.append(_row(other, "", extended(document, use.path[:-1])))
    return tuple(found)


def _is_unused(use: Use) -> bool:
    """Whether it is a part of a component: what that does shows where the component is used."""
    if use.path[0] == "components":
        return len(use.path) > 2 and use.path[1] != "securitySchemes"
    return use.path[0] in ("definitions", "parameters", "responses") and len(use.path) > 1


def place_of(use: Use) -> str:
    """Where data flows at a field of OpenAPI; empty where none does."""
    steps = [step for step in use.path if isinstance(step, str)]
    way = (
        "response" if "responses" in steps else "request" if {"requestBody", "parameters"} & {*steps} else ""
    )
    around = "callback" if "callbacks" in steps[2:] else "webhook" if steps[:1] == ["webhooks"] else ""
    return f"{around} {way}".strip() if way or around else ""


def _row(use: Use, place: str, mutation: Mutation) -> Row:
    outcome, ids = judged(mutation.base, mutation.revision)
    return Row(use.object, use.field, place, mutation.action, outcome, ids)


def judged(base: Any, revision: Any) -> tuple[str, tuple[str, ...]]:
    """Whom a change breaks (`breaks consumers`, …), or `safe`, `unknown`, `silent`; and the ids that say so."""
    sides = _kept(base), _kept(revision)
    whole = compare(*sides, policy=_BOTH)
    ids = tuple(sorted({change.id for change in whole.changes}))
    if whole.verdict != "breaking":
        return SILENT if whole.verdict == "unchanged" else whole.verdict, ids
    broken = {change.breaks for change in whole.changes}
    if "consumer" not in broken:
        return "breaks providers", ids
    # A change that breaks both is told of the consumer; whether it breaks the provider as well is asked apart.
    both = compare(*sides, policy=_PROVIDER).verdict == "breaking"
    return "breaks consumers and providers" if both else "breaks consumers", ids


def built(document: Any) -> HttpApi | EventApi:
    """The model of a document that is given as a value."""
    return build(load(parse(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS), "contract.json")))


def _kept(document: Any) -> HttpApi | EventApi:
    """The model of a document; that of one and the same value is built once."""
    known = _LAST.get(id(document))
    if known is None or known[0] is not document:
        if len(_LAST) > 8:
            _LAST.clear()
        known = _LAST[id(document)] = document, built(document)
    return known[1]


_LAST: dict[int, tuple[Any, HttpApi | EventApi]] = {}
"""The latest models by the identity of their documents, which are kept beside them."""


def silent(found: tuple[Row, ...]) -> Iterator[Row]:
    """The rows of which the comparison says nothing."""
    return (row for row in found if row.outcome == SILENT)
