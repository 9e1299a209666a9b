"""`distinct`: no two operations below some members of the target have the same value in a field.

A function of Lading's. Operations are looked for two steps below each member: `paths./orders.get`,
`webhooks.returned.post`, `channels.orders.subscribe`, and `additionalOperations` of OpenAPI 3.2 one further. In
AsyncAPI 2.x the last trait that states the field overrides it. The second of two alike is the one objected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path, to_pointer
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.functions.asyncapi._operations import identity


def _prepare(options: Mapping[str, Any]) -> Check:
    field: str = options["field"]
    members: list[str] = options["within"]

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        first: dict[str, Path] = {}
        for path, holder in _operations(target, members):
            found = identity(holder, field)
            if found is None:
                continue
            below, value = found
            earlier = first.setdefault(value, path)
            if earlier is not path:
                message = f"The {field} `{value}` is already that of {_name(earlier)}."
                yield Problem(message, (*path, *below))

    return check


def _operations(target: Any, members: list[str]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for member in members:
        for name, item in _objects(target.get(member) if isinstance(target, dict) else None):
            for key, operation in _objects(item):
                if key == "additionalOperations":
                    for method, additional in _objects(operation):
                        yield (member, name, key, method), additional
                else:
                    yield (member, name, key), operation


def _objects(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield from ((key, child) for key, child in value.items() if isinstance(child, dict))


def _name(path: Path) -> str:
    if path[0] == "paths":
        return f"{str(path[-1]).upper()} {path[1]}"
    return "#" + to_pointer(path)


FUNCTION = Function(
    "distinct",
    {
        "type": "object",
        "properties": {
            "within": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "field": {"type": "string", "minLength": 1},
        },
        "required": ["within", "field"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
