"""`oasExample`: examples and defaults fit the schema beside them.

With the type `schema` the target is a Schema Object (`schemaField: $`) with an example or default of its own; with
`media` it holds the schema in `schemaField` and examples beside it. In a request what is `readOnly` may be left
out, in a response what is `writeOnly` (OpenAPI 3.0.4, Schema Object).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED
from linters.lint.openapi.values import problems

Values: TypeAlias = Callable[[Mapping[str, Any]], Iterator[tuple[Path, Any]]]


def _prepare(options: Mapping[str, Any]) -> Check:
    version, media, field = options["oasVersion"], options["type"] == "media", options["schemaField"]
    values = _VALUES[options["type"], version]

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict):
            return
        schema = target if field == "$" else target.get(field)
        if version == 2 and isinstance(schema, dict) and isinstance(schema.get("required"), bool):
            schema = _of_parameter(schema, context)
        optional = _optional(context.path, version) if media else ""
        for below, value in values(target):
            if value is UNDEFINED:
                yield Problem("The example has no value.", below)
                continue
            yield from problems(schema, value, context, below, optional=optional)

    return check


def _of_parameter(parameter: Mapping[str, Any], context: Context) -> Mapping[str, Any]:
    """A parameter of OpenAPI 2.0 is its own schema, but for `required`, which says something else there."""
    made: dict[int, Mapping[str, Any]] = context.memo.setdefault("oasExample.parameters", {})
    if id(parameter) not in made:
        made[id(parameter)] = {key: value for key, value in parameter.items() if key != "required"}
    return made[id(parameter)]


def _of_schema(names: tuple[str, ...]) -> Values:
    def values(target: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
        return (((name,), target[name]) for name in names if name in target)

    return values


def _of_swagger_response(target: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    examples = target.get("examples")
    if isinstance(examples, dict):
        yield from ((("examples", name), value) for name, value in examples.items())


def _of_media(target: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    """`example`, or else the values of `examples`; those that lie elsewhere cannot be seen."""
    if "example" in target:
        yield ("example",), target["example"]
        return
    examples = target.get("examples")
    for name, example in examples.items() if isinstance(examples, dict) else ():
        if isinstance(example, dict) and "externalValue" not in example:
            yield ("examples", name, "value"), example.get("value", UNDEFINED)


_VALUES: Mapping[tuple[str, int], Values] = {
    ("schema", 2): _of_schema(("example", "x-example", "default")),
    ("schema", 3): _of_schema(("example", "default")),
    ("media", 2): _of_swagger_response,
    ("media", 3): _of_media,
}


def _optional(path: Path, version: int) -> str:
    """Which properties may be left out of a value at this place."""
    holder = path[1:2] if path[:1] == ("components",) else path[3:4] if path[:1] == ("paths",) else path[:1]
    if holder == ("responses",):
        return "writeOnly"
    return "readOnly" if version == 3 and holder in (("requestBodies",), ("requestBody",)) else ""


FUNCTION = Function(
    "oasExample",
    {
        "type": "object",
        "properties": {
            "oasVersion": {"enum": [2, 3]},
            "schemaField": {"type": "string"},
            "type": {"enum": ["media", "schema"]},
        },
        "required": ["oasVersion", "schemaField", "type"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
