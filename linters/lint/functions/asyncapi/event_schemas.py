"""`eventSchemas`: schemas of events are sound, their values fit, and what is not judged is said.

A function of Lading's. The target is a schema of AsyncAPI 2.x or 3.x where it stands under `schemas` or `schema`,
elsewhere a Message Object: its payload and headers are judged, traits merged. `check` asks one of three things:
`valid`, whether it is a schema of the language that it names; `values`, whether the defaults and examples in it fit;
`judged`, whether the language is one that is judged at all: AsyncAPI's own, the drafts of JSON Schema, OpenAPI's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import jsonschema_rs

from contracts.pointers import Path
from contracts.schemas.keywords import KNOWN
from contracts.validity import events
from contracts.validity.flaws import flaws
from linters.lint.function import Check, Context, Function, Problem

from ._schemas import Part, Workbench, located, workbench

_METASCHEMAS: Mapping[str, str] = {
    "json-schema-draft-04": "http://json-schema.org/draft-04/schema#",
    "json-schema-draft-06": "http://json-schema.org/draft-06/schema#",
    "json-schema-draft-07": "http://json-schema.org/draft-07/schema#",
    "json-schema-2019-09": "https://json-schema.org/draft/2019-09/schema",
    "json-schema-2020-12": "https://json-schema.org/draft/2020-12/schema",
}
_VALIDATORS: Mapping[str, Callable[[Any], Any]] = {
    "json-schema-draft-04": jsonschema_rs.Draft4Validator,
    "json-schema-draft-06": jsonschema_rs.Draft6Validator,
    "json-schema-draft-07": jsonschema_rs.Draft7Validator,
    "json-schema-2019-09": jsonschema_rs.Draft201909Validator,
    "json-schema-2020-12": jsonschema_rs.Draft202012Validator,
}
_OWN = {"asyncapi": "Schema", "openapi-3.0": "OpenApiSchema"}
_ONE = ("additionalProperties", "additionalItems", "contains", "not", "if", "then", "else", "propertyNames")
_MANY = ("properties", "patternProperties", "definitions", "$defs", "dependencies", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MOST = 1_000


def _prepare(options: Mapping[str, Any]) -> Check:
    judge = {"valid": _valid, "values": _values, "judged": _judged}[options["check"]]

    def check(target: Any, context: Context) -> Iterable[Problem]:
        bench, node = workbench(context), located(context, target)
        if bench is None or node is None:
            return
        alone = context.path[-1:] == ("schema",) or context.path[-2:-1] == ("schemas",)
        for part in bench.of_schema(node) if alone else bench.of_message(node):
            yield from islice(judge(bench, part), _MOST)

    return check


def _valid(bench: Workbench, part: Part) -> Iterator[Problem]:
    validator = _metaschema(part.schema.dialect, bench.line)
    told: set[Path] = set()
    for flaw in flaws(validator.iter_errors(part.schema.value)) if validator is not None else ():
        if flaw.path not in told:
            told.add(flaw.path)
            yield Problem(f"{flaw.message} {flaw.advice}".strip(), (*part.below, *flaw.path))


@cache
def _metaschema(dialect: str, line: str) -> Any:
    """What judges schemas of a language in documents of a line; None where there is nothing."""
    if dialect in _OWN:
        return jsonschema_rs.Draft7Validator(events.schema_of(line, _OWN[dialect]), validate_formats=True)
    if dialect in _METASCHEMAS:
        return _VALIDATORS[dialect]({"$ref": _METASCHEMAS[dialect]})
    return None


def _judged(_bench: Workbench, part: Part) -> Iterator[Problem]:
    if part.schema.dialect not in KNOWN:
        message = f"What is written in {part.schema.dialect} is not judged: neither the schema nor examples."
        yield Problem(message, part.named if part.named is not None else part.below)


def _values(bench: Workbench, part: Part) -> Iterator[Problem]:
    if part.schema.dialect not in KNOWN:
        return
    for below, value in _with_values(part.schema.value):
        validator = bench.validator(bench.nested(part.schema, value, below))
        if validator is None:
            continue
        for way, stated in _stated(value):
            word = "default" if way == ("default",) else "example"
            for flaw in flaws(validator.iter_errors(stated)):
                message = f"The {word} does not fit the schema that it stands in. {flaw.message}"
                yield Problem(message, (*part.below, *below, *way, *flaw.path))


def _stated(schema: Mapping[str, Any]) -> Iterator[tuple[Path, Any]]:
    for field in ("default", "example"):
        if field in schema:
            yield (field,), schema[field]
    examples = schema.get("examples")
    for index, value in enumerate(examples if isinstance(examples, list) else ()):
        yield ("examples", index), value


def _with_values(schema: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The schemas in a schema, itself included, that state values; references are not followed."""
    stack: list[tuple[Path, Any]] = [((), schema)]
    while stack:
        path, node = stack.pop()
        if not isinstance(node, dict) or "$ref" in node:
            continue
        if next(_stated(node), None) is not None:
            yield path, node
        stack.extend(((*path, key), node[key]) for key in _ONE if key in node)
        items = node.get("items")
        listed = {key: node[key] for key in _LISTS if isinstance(node.get(key), list)}
        if isinstance(items, list):
            listed["items"] = items
        elif items is not None:
            stack.append(((*path, "items"), items))
        for key, children in listed.items():
            stack.extend(((*path, key, index), child) for index, child in enumerate(children))
        for key in _MANY:
            if isinstance(node.get(key), dict):
                stack.extend(((*path, key, name), child) for name, child in node[key].items())


FUNCTION = Function(
    "eventSchemas",
    {
        "type": "object",
        "properties": {
            "check": {"enum": ["valid", "values", "judged"]},
        },
        "required": ["check"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
