"""The places that the operations of a contract declare, in the words that gateways report uses in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from contracts import model
from contracts.model import HttpApi, Operation
from contracts.pointers import to_pointer
from contracts.schemas import Direction, Translator, Use, spot_of
from contracts.schemas import declared as declared_of
from registry.domain.traffic import Place

_JSON = re.compile(r"application/([a-z0-9.+-]+\+)?json|text/json")
MOST = 5_000
"""Places of one operation."""


def places(api: HttpApi) -> Mapping[str, tuple[Place, ...]]:
    """By the operation's key: parameters in query and header, properties of JSON bodies, declared values, statuses."""
    translator = Translator(api.documents)
    return {operation.key: tuple(_first(_operation(operation, translator))) for operation in api.operations}


def _operation(operation: Operation, translator: Translator) -> Iterator[Place]:
    for parameter in operation.parameters:
        if parameter.location in ("query", "header"):
            pointer = to_pointer((parameter.name,))
            yield Place(parameter.location, pointer)
            if parameter.schema is not None:
                spot = spot_of(translator.translate(parameter.schema, Direction.REQUEST).schema)
                for value in (spot.items or spot).enum:
                    yield Place(parameter.location, pointer, value)
    if operation.body is not None:
        yield from _content("request", operation.body.content, translator, Direction.REQUEST)
    for status, response in operation.responses.items():
        status = status.upper() if status != "default" else status
        yield Place("status", to_pointer((status,)))
        yield from _content(f"response {status}", response.content, translator, Direction.RESPONSE)


def _content(
    part: str, content: Mapping[str, model.MediaType], translator: Translator, direction: Direction
) -> Iterator[Place]:
    seen: set[Use] = set()
    for name, media in content.items():
        if media.schema is None or not _JSON.fullmatch(name.partition(";")[0].strip().lower()):
            continue
        for use in declared_of(spot_of(translator.translate(media.schema, direction).schema)):
            if use not in seen:
                seen.add(use)
                yield Place(part, use.pointer, use.value)


def _first(found: Iterable[Place]) -> Iterator[Place]:
    for number, place in enumerate(found):
        if number == MOST:
            return
        yield place


def answers(status: str, declared: Iterable[str]) -> str | None:
    """The declared response that stands for a status: the code itself, its range, or the default."""
    known = set(declared)
    return next((name for name in (status, f"{status[:1]}XX", "default") if name in known), None)
