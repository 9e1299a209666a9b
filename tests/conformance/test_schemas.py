"""Translated schemas judge as the reference implementation does under the source dialect, and as the JSON Schema Test Suite says."""

import contextlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import jsonschema_specifications
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from referencing.exceptions import NoSuchResource

from contracts.document import parse
from contracts.errors import UnresolvableReference
from contracts.model import Origin, Schema
from contracts.references import load
from contracts.schemas import Translated, Translator
from contracts.schemas.keywords import ARRAY_ITEMS, BOOLEAN_BOUNDS, KNOWN
from tests.contracts.made import accepts

VALIDATORS: dict[str, Any] = {
    "json-schema-draft-04": jsonschema.Draft4Validator,
    "json-schema-draft-06": jsonschema.Draft6Validator,
    "json-schema-draft-07": jsonschema.Draft7Validator,
    "json-schema-2019-09": jsonschema.Draft201909Validator,
    "json-schema-2020-12": jsonschema.Draft202012Validator,
    "openapi-2.0": jsonschema.Draft4Validator,
    "openapi-3.0": jsonschema.Draft4Validator,
    "asyncapi": jsonschema.Draft7Validator,
}
NUMBERS = st.integers(-3, 3) | st.sampled_from([-0.5, 0.5, 1.5])
TEXTS = st.sampled_from(["", "a", "ab", "abc"])
SCALARS = st.none() | st.booleans() | NUMBERS | TEXTS
INSTANCES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abx"), inner, max_size=3),
    max_leaves=6,
)
EDGES: tuple[Any, ...] = (
    None, True, False, -2, 0, 1, 1.5, 2, 3, "", "a", "ab", "abc", [], [1], ["a"], [1, 1], ["a", 1], [1, "a", None],
    {}, {"a": 1}, {"b": "a"}, {"a": "a", "b": 1}, {"a": {"a": 1}}, {"x": [1]}, {"a": [], "b": {}, "x": None},
)  # fmt: skip
"""Tried with every schema: where bounds, lengths and kinds of value change over. Not 1.0, about which implementations
of draft 4 differ; here it is an integer, as in all later drafts."""
COUNTS = st.integers(0, 3)
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "type": st.sampled_from(["null", "boolean", "object", "array", "number", "integer", "string"]),
    "enum": st.lists(SCALARS, min_size=1, max_size=3, unique_by=repr),
    "const": SCALARS,
    "multipleOf": st.sampled_from([1, 2, 0.5]),
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "minLength": COUNTS,
    "maxLength": COUNTS,
    "pattern": st.sampled_from(["^a", "b$", "^$"]),
    "minItems": COUNTS,
    "maxItems": COUNTS,
    "uniqueItems": st.booleans(),
    "minProperties": COUNTS,
    "maxProperties": COUNTS,
    "required": st.lists(st.sampled_from("ab"), min_size=1, max_size=2, unique=True),
}
INNER = {
    "one": ("not", "if", "then", "else", "contains", "propertyNames", "additionalProperties", "items", "additionalItems"),
    "list": ("allOf", "anyOf", "oneOf", "prefixItems"),
    "map": ("properties", "patternProperties", "dependentSchemas", "dependencies"),
}  # fmt: skip


def schemas(dialect: str) -> st.SearchStrategy[Any]:
    """Schemas of the keywords that the dialect gives a meaning to, two levels deep."""
    known = KNOWN[dialect] - {"exclusiveMinimum", "exclusiveMaximum"}
    leaves = st.fixed_dictionaries({}, optional={k: v for k, v in SIMPLE.items() if k in known})

    def around(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        lists = st.lists(inner, min_size=1, max_size=2)
        maps = st.dictionaries(st.sampled_from(["a", "b"]), inner, min_size=1, max_size=2)
        optional: dict[str, st.SearchStrategy[Any]] = dict.fromkeys(INNER["one"], inner)
        optional |= dict.fromkeys(INNER["list"], lists) | dict.fromkeys(INNER["map"], maps)
        if dialect in ARRAY_ITEMS:
            optional["items"] = inner | lists
        held = {name: made for name, made in optional.items() if name in known}
        return st.tuples(
            leaves, st.sampled_from(sorted(held)).flatmap(lambda name: st.tuples(st.just(name), held[name]))
        ).map(lambda pair: {**pair[0], pair[1][0]: pair[1][1]})

    return st.recursive(leaves, around, max_leaves=4)


@pytest.mark.parametrize("dialect", sorted(VALIDATORS))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_translated_schemas_judge_as_the_source_dialect_does(dialect: str, data: st.DataObject) -> None:
    schema = data.draw(schemas(dialect))
    made = translated(schema, dialect)
    assert made.unmodelled == ()
    reference, ours = VALIDATORS[dialect](schema), jsonschema_rs.Draft202012Validator(made.schema)
    for instance in (*EDGES, data.draw(INSTANCES)):
        assert ours.is_valid(instance) is reference.is_valid(instance), (schema, made.schema, instance)


FLAGGED = {"minimum": 1, "maximum": 2, "exclusiveMinimum": True, "exclusiveMaximum": True}
PECULIAR: tuple[dict[str, Any], ...] = (
    {"exclusiveMaximum": 2, "exclusiveMinimum": -2},
    {"dependencies": {"a": ["b"]}},
    {"dependencies": {"a": {"required": ["b"]}}},
    {"items": [{"type": "integer"}], "additionalItems": False},
    {"items": [{"type": "integer"}], "additionalItems": {"type": "string"}},
    {"additionalItems": False},
    {"prefixItems": [{"type": "integer"}], "items": {"type": "string"}},
    {"contains": {"type": "string"}, "minContains": 0, "maxContains": 1},
    {"dependentRequired": {"a": ["b"]}},
    {"dependentSchemas": {"a": {"minProperties": 2}}},
    {"properties": {"a": True}, "unevaluatedProperties": False},
    {"allOf": [{"properties": {"a": True}}], "unevaluatedProperties": {"type": "integer"}},
    {"if": {"type": "integer"}, "then": {"minimum": 1}, "else": {"type": "string"}},
)


@pytest.mark.parametrize("dialect", sorted(VALIDATORS))
def test_what_is_peculiar_to_a_dialect_means_what_it_means_there(dialect: str) -> None:
    known = KNOWN[dialect]
    held = [FLAGGED] if dialect in BOOLEAN_BOUNDS else []
    held += [schema for schema in PECULIAR if known.issuperset(schema)]
    if dialect not in ARRAY_ITEMS:
        held = [schema for schema in held if not isinstance(schema.get("items"), list)]
    if dialect in BOOLEAN_BOUNDS:
        held = [schema for schema in held if schema.get("exclusiveMaximum") != 2]
    assert held
    for schema in held:
        made = translated(schema, dialect)
        reference = VALIDATORS[dialect](schema)
        for instance in EDGES:
            assert accepts(made, instance) is reference.is_valid(instance), (schema, made.schema, instance)


def translated(schema: Any, dialect: str) -> Translated:
    documents = load(parse(json.dumps(schema).encode(), "main.json"), remote)
    return Translator(documents).translate(Schema(schema, Origin("main.json", ()), dialect))


def remote(name: str) -> bytes:
    """What the suite wants to be served at its address, and the metaschemas."""
    path = Path(SUITE) / "remotes" / name.removeprefix(SERVED)
    if name.startswith(SERVED) and path.is_file():
        return path.read_bytes()
    for uri in (name, f"{name}#"):
        with contextlib.suppress(NoSuchResource):
            return json.dumps(jsonschema_specifications.REGISTRY.contents(uri)).encode()
    raise UnresolvableReference("reference-outside", f"{name} is not at hand")


DRAFTS = {
    "draft4": "json-schema-draft-04",
    "draft6": "json-schema-draft-06",
    "draft7": "json-schema-draft-07",
    "draft2019-09": "json-schema-2019-09",
    "draft2020-12": "json-schema-2020-12",
}
SERVED = "http://localhost:1234/"
SUITE = os.environ.get("JSON_SCHEMA_TEST_SUITE", "")
"""Folder of the JSON Schema Test Suite, as python-jsonschema's own tests look for it."""


@pytest.mark.skipif(not SUITE, reason="JSON_SCHEMA_TEST_SUITE does not name a folder")
@pytest.mark.parametrize("draft", DRAFTS)
def test_the_suite_of_json_schema_holds_or_what_does_not_is_told(draft: str) -> None:
    """Nothing is wrong in silence; what is told is about draft 4's `id`, which is no keyword to the reader of documents (it
    cannot be told from a property), and about vocabularies of one's own."""
    told: Counter[str] = Counter()
    cases = 0
    for file in sorted((Path(SUITE) / "tests" / draft).glob("*.json")):
        for group in json.loads(file.read_text("utf-8")):
            made = translated(group["schema"], DRAFTS[draft])
            for case in group["tests"]:
                cases += 1
                if accepts(made, case["data"]) is not case["valid"]:
                    assert made.unmodelled, (file.name, group["description"], case["description"])
                    told[file.stem] += 1
    assert cases > 500
    assert told == {"draft4": {"ref": 5, "refRemote": 5}}.get(
        draft, {"vocabulary": 2} if "20" in draft else {}
    )
