"""The contained side of a proof: a conjunction of schemas, taken apart into plain views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any

from .definitions import Definitions, JsonSchema, reference
from .views import View

ALTERNATIVES = 64
"""The contained side is split into at most this many alternatives."""
_COMBINING = frozenset(("$ref", "allOf", "anyOf", "oneOf", "if", "then", "else"))


def alternatives(
    inner: tuple[JsonSchema, ...], definitions: Definitions, spend: Callable[[], None]
) -> Iterator[View]:
    """Views whose union contains the conjunction: references followed, alternatives multiplied out.

    `spend` is called for each schema that is looked at, and may end it by raising.
    """
    plain, choices = _flatten(inner, definitions, spend)
    if plain is None:
        return
    for chosen in islice(product(*choices), ALTERNATIVES + 1):
        if chosen:
            yield from alternatives((*plain, *chosen), definitions, spend)
        else:
            yield View(tuple(plain), inner)


def _flatten(
    inner: tuple[JsonSchema, ...], definitions: Definitions, spend: Callable[[], None]
) -> tuple[list[dict[str, Any]] | None, list[list[JsonSchema]]]:
    """The plain parts of a conjunction, and the choices that it leaves open; None where it holds `false`."""
    plain: list[dict[str, Any]] = []
    choices: list[list[JsonSchema]] = []
    stack, seen = list(inner), set()
    while stack:
        schema = stack.pop()
        spend()
        if schema is False:
            return None, []
        if isinstance(schema, bool):
            continue
        name = reference(schema)
        if name is not None and name in definitions and name not in seen:
            seen.add(name)
            stack.append(definitions[name])
        stack.extend(schema.get("allOf", ()))
        choices.extend(schema[key] for key in ("anyOf", "oneOf") if schema.get(key))
        if "if" in schema:
            choices.append(_branches(schema))
        rest = {key: value for key, value in schema.items() if key not in _COMBINING}
        if rest:
            plain.append(rest)
    return plain, choices


def _branches(schema: dict[str, Any]) -> list[JsonSchema]:
    """The two ways in which a value may satisfy `if`, `then` and `else`."""
    condition = schema["if"]
    return [
        {"allOf": [condition, schema.get("then", True)]},
        {"allOf": [{"not": condition}, schema.get("else", True)]},
    ]
