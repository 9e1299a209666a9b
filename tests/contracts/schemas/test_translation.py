"""Each keyword of each dialect, by what the translation accepts."""

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
from contracts.schemas import Direction, Translated, Translator
from contracts.schemas.keywords import ARRAY_ITEMS, BOOLEAN_BOUNDS, KNOWN
from tests.contracts.made import accepts, translate


def of(written: str, dialect: str = "openapi-3.0", more: str = "", **options: Any) -> Any:
    return translate(f"components:\n  schemas:\n    S: {written}\n{more}", dialect, **options)


OTHER = "    O: {type: string, minLength: 2}\n"
REF = "$ref: '#/components/schemas/O'"


@pytest.mark.parametrize(
    ("dialect", "written", "good", "bad"),
    [
        ("openapi-3.0", "{minimum: 1, exclusiveMinimum: true}", [2], [1]),
        ("openapi-3.0", "{type: integer, nullable: true}", [1, None], ["a"]),
        ("openapi-3.0", f"{{nullable: true, allOf: [{{{REF}}}]}}", ["ab", None], ["a", 1]),
        ("openapi-3.0", f"{{{REF}, maxLength: 2}}", ["abc"], ["a"]),  # what stands beside $ref is ignored
        ("openapi-3.0", f"{{{REF}, nullable: true}}", ["ab"], [None]),
        ("json-schema-2020-12", f"{{{REF}, maxLength: 2}}", ["ab"], ["a", "abc"]),
        ("json-schema-2019-09", f"{{{REF}, maxLength: 2}}", ["ab"], ["a", "abc"]),
        ("json-schema-draft-07", f"{{{REF}, maxLength: 2}}", ["abc"], ["a"]),
        ("asyncapi", f"{{{REF}, maxLength: 2}}", ["abc"], ["a"]),
        ("openapi-2.0", "{type: file}", ["x"], [1]),
        (
            "json-schema-draft-07",
            "{items: [{type: string}], additionalItems: false}",
            [["a"], []],
            [[1], ["a", 1]],
        ),
        (
            "json-schema-draft-07",
            "{items: [{type: string}], additionalItems: {type: integer}}",
            [["a", 1]],
            [["a", "b"]],
        ),
        ("json-schema-draft-07", "{items: {type: string}, additionalItems: false}", [["a", "b"]], [[1]]),
        (
            "json-schema-draft-07",
            "{dependencies: {a: [b], c: {required: [d]}}}",
            [{"a": 1, "b": 1}, {"c": 1, "d": 1}],
            [{"a": 1}, {"c": 1}],
        ),
        (
            "json-schema-draft-07",
            "{if: {type: string}, then: {minLength: 2}, else: {type: integer}}",
            ["ab", 1],
            ["a", None],
        ),
        ("json-schema-draft-06", "{contains: {const: 1}}", [[1]], [[2]]),
        ("json-schema-draft-04", "{maximum: 3, exclusiveMaximum: true}", [2], [3]),
        ("json-schema-draft-06", "{exclusiveMaximum: 3}", [2], [3]),
        ("asyncapi", "{propertyNames: {maxLength: 1}}", [{"a": 1}], [{"ab": 1}]),
        ("json-schema-2020-12", "{prefixItems: [{type: string}], items: false}", [["a"]], [["a", 1]]),
        ("json-schema-2020-12", "{dependentRequired: {a: [b]}}", [{}], [{"a": 1}]),
        (
            "json-schema-2020-12",
            "{allOf: [{properties: {a: true}}], unevaluatedProperties: false}",
            [{"a": 1}],
            [{"b": 1}],
        ),
        ("json-schema-2020-12", "{type: [string, 'null']}", ["a", None], [1]),
        ("json-schema-2020-12", "{not: false, const: null}", [None], [1]),
        ("json-schema-2020-12", "false", [], [1]),
        ("openapi-3.0", "{additionalProperties: false, properties: {a: {}}}", [{"a": 1}], [{"b": 1}]),
        (
            "openapi-3.0",
            "{properties: {example: {type: string}, default: {type: string}}}",
            [{"default": "a"}],
            [{"example": 1}],
        ),
    ],
)
def test_keywords(dialect: str, written: str, good: list[Any], bad: list[Any]) -> None:
    found = of(written, dialect, OTHER)
    assert found.unmodelled == ()
    for instance in good:
        assert accepts(found, instance), instance
    for instance in bad:
        assert not accepts(found, instance), instance


@pytest.mark.parametrize(
    ("dialect", "written", "keyword"),
    [
        ("openapi-3.0", "{patternProperties: {a: {}}}", "patternProperties"),
        ("openapi-3.0", "{const: 1}", "const"),
        ("openapi-2.0", "{oneOf: [{type: string}]}", "oneOf"),
        ("openapi-3.0", "{exclusiveMinimum: 3}", None),
        ("openapi-3.0", "{minLength: '3'}", "minLength"),
        ("openapi-3.0", "{pattern: '('}", "pattern"),
        ("openapi-3.0", "{type: any}", "type"),
        ("openapi-3.0", "{required: true}", "required"),
        ("openapi-3.0", "{min_length: 3}", "min_length"),
        ("openapi-3.0", "{properties: [a]}", "properties"),
        ("openapi-3.0", "{properties: {a: 3}}", "not a schema"),
        ("openapi-3.0", "{items: [{type: string}]}", "not a schema"),
        ("openapi-3.0", "{$ref: '#/components/schemas/Nope'}", "$ref reference-unresolved"),
        ("openapi-3.0", "{$ref: '#/components/schemas/S'}", "$ref reference-circular"),
        ("openapi-3.0", "{properties: {a: {$ref: 'x.yaml'}}}", "$ref reference-outside"),
        ("json-schema-2020-12", "{nullable: true}", "nullable"),
        ("json-schema-2020-12", "{exclusiveMinimum: true}", "exclusiveMinimum"),
        ("json-schema-2020-12", "{dependencies: {a: [b]}}", "dependencies"),
        ("json-schema-2020-12", "{$recursiveRef: '#'}", "$recursiveRef"),
        ("json-schema-2020-12", "{patternProperties: {'(': {}}}", "("),
        (
            "json-schema-2020-12",
            "{$schema: 'https://example.com/own'}",
            "the schema dialect https://example.com/own",
        ),
        ("json-schema-draft-07", "{unevaluatedProperties: false}", "unevaluatedProperties"),
    ],
)
def test_what_cannot_be_carried_over_is_named_with_its_place(
    dialect: str, written: str, keyword: str | None
) -> None:
    found = of(written, dialect)
    if keyword is None:
        assert found.unmodelled == ()
        return
    (only,) = found.unmodelled
    assert only.startswith(f"{keyword} (main.yaml#/components/schemas/S")
    accepts(found, {})  # and what is left compiles


def test_what_says_nothing_about_instances_is_dropped() -> None:
    found = of(
        "{title: t, description: d, example: 1, externalDocs: {url: u}, xml: {name: n}, x-a: 1, type: string}"
    )
    assert found.schema == {"type": "string"}
    assert found.unmodelled == ()


def test_annotations_that_others_need_stay() -> None:
    found = of("{type: string, default: a, deprecated: true, readOnly: true, format: date}")
    assert found.schema == {
        "type": "string",
        "default": "a",
        "deprecated": True,
        "readOnly": True,
        "format": "date",
    }


def test_recursion_stays_a_reference() -> None:
    found = of(
        "{type: object, properties: {next: {$ref: '#/components/schemas/S'}}, additionalProperties: false}"
    )
    assert found.schema["properties"]["next"] == {"$ref": "#/$defs/S"}
    assert found.sources["S"].path == ("components", "schemas", "S")
    assert accepts(found, {"next": {"next": {}}})
    assert not accepts(found, {"next": {"next": {"last": 1}}})


def test_a_schema_that_is_itself_by_all_of_compiles_and_answers() -> None:
    found = of("{allOf: [{$ref: '#/components/schemas/S'}], type: string}")
    assert accepts(found, "a")
    assert not accepts(found, 1)


@pytest.mark.parametrize("direction", list(Direction))
def test_what_flows_the_other_way_is_not_required(direction: Direction) -> None:
    found = of(
        "{type: object, required: [r, w, b], properties: {r: {readOnly: true}, w: {writeOnly: true}, b: {}}}",
        direction=direction,
    )
    mine, other = ("w", "r") if direction is Direction.REQUEST else ("r", "w")
    assert accepts(found, {mine: 1, "b": 1})
    assert accepts(found, {mine: 1, other: 1, "b": 1})
    assert not accepts(found, {other: 1, "b": 1})


def test_both_ways_everything_is_required() -> None:
    assert not accepts(of("{required: [r], properties: {r: {readOnly: true}}}"), {})


def test_what_flows_the_other_way_can_be_refused() -> None:
    written = "{properties: {r: {readOnly: true}, w: {writeOnly: true}}}"
    refusing = of(written, direction=Direction.REQUEST, refuse_one_way=True)
    assert not accepts(refusing, {"r": 1})
    assert accepts(refusing, {"w": 1})
    assert accepts(of(written, direction=Direction.REQUEST), {"r": 1})


def test_a_requirement_in_another_part_of_the_whole_is_lifted_too() -> None:
    more = "    O: {properties: {id: {readOnly: true}}}\n    R: {required: [id, name]}\n    T: {allOf: [{$ref: '#/components/schemas/R'}]}\n"
    written = (
        "{allOf: [{$ref: '#/components/schemas/O'}, {$ref: '#/components/schemas/R'}, {required: [id]}]}"
    )
    found = of(written, more=more, direction=Direction.REQUEST)
    assert accepts(found, {"name": "n"})
    assert not accepts(found, {"id": 1})
    alone = translate(
        f"components:\n  schemas:\n    S: {written}\n{more}", direction=Direction.REQUEST, schema="T"
    )
    assert not accepts(alone, {"name": "n"})


def test_identifiers_change_what_references_count_from() -> None:
    found = of(
        "{$id: 'https://h/s', $defs: {n: {type: integer}}, properties: {a: {$ref: '#/$defs/n'}, b: {$ref: 'https://h/s#/$defs/n'}}}",
        "json-schema-2020-12",
    )
    assert found.unmodelled == ()
    assert not accepts(found, {"a": "x"})
    assert not accepts(found, {"b": "x"})


def test_anchors_and_dynamic_anchors() -> None:
    found = of(
        "{$dynamicAnchor: node, type: object, properties: {n: {$dynamicRef: '#node'}, m: {$ref: '#m'}}, $defs: {m: {$anchor: m, type: integer}}}",
        "json-schema-2020-12",
    )
    assert found.unmodelled == ()
    assert not accepts(found, {"n": 1})
    assert not accepts(found, {"m": "x"})


def test_a_dynamic_reference_means_the_outermost_anchor_on_the_way_to_it() -> None:
    found = of(
        """
        $id: https://h/strict
        $dynamicAnchor: node
        $ref: tree
        unevaluatedProperties: false
        $defs:
          tree:
            $id: tree
            $dynamicAnchor: node
            type: object
            properties: {value: {type: integer}, children: {type: array, items: {$dynamicRef: '#node'}}}
        """,
        "json-schema-2020-12",
    )
    assert found.unmodelled == ()
    assert accepts(found, {"children": [{"value": 1}]})
    assert not accepts(found, {"children": [{"valeu": 1}]}), "the strict tree is strict all the way down"
    assert not accepts(found, {"children": [{"value": "1"}]})


def test_an_inner_anchor_counts_where_the_way_begins_there() -> None:
    text = "{%s, $defs: {a: {$id: 'https://h/a', $dynamicAnchor: n, type: integer}, b: {$id: 'https://h/b', $dynamicAnchor: n, type: string, $defs: {c: {$dynamicRef: '#n'}}}}}"
    alone = of(text % "$ref: 'https://h/b#/$defs/c'", "json-schema-2020-12")
    assert (accepts(alone, "x"), accepts(alone, 1)) == (True, False)
    initially = of(text % "$dynamicRef: 'https://h/a#n'", "json-schema-2020-12")
    assert (accepts(initially, "x"), accepts(initially, 1)) == (False, True)


def test_a_recursive_reference_of_2019_does_the_same() -> None:
    tree = "{$id: tree, $recursiveAnchor: true, properties: {child: {$recursiveRef: '#'}}}"
    text = "{$id: 'https://h/strict', $recursiveAnchor: %s, $ref: tree, unevaluatedProperties: false, $defs: {tree: TREE}}"
    text = text.replace("TREE", tree)
    strict, loose = (of(text % word, "json-schema-2019-09") for word in ("true", "false"))
    assert strict.unmodelled == loose.unmodelled == ()
    assert accepts(strict, {"child": {"child": {}}})
    assert (accepts(strict, {"child": {"x": 1}}), accepts(loose, {"child": {"x": 1}})) == (False, True)
    assert not accepts(loose, {"x": 1})


def test_a_dynamic_reference_to_nothing_is_told() -> None:
    found = of("{$dynamicRef: '#nowhere'}", "json-schema-2020-12")
    assert [each.partition(" (")[0] for each in found.unmodelled] == ["$dynamicRef reference-unresolved"]


def test_a_schema_may_say_that_it_is_of_another_draft() -> None:
    found = of(
        "{properties: {a: {$schema: 'http://json-schema.org/draft-07/schema', items: [{type: string}]}}}",
        "json-schema-2020-12",
    )
    assert not accepts(found, {"a": [1]})


def test_a_schema_of_another_format_behind_a_reference() -> None:
    more = "    O: {schemaFormat: 'application/vnd.oai.openapi;version=3.0.0', schema: {type: string, nullable: true}}\n"
    written = "{properties: {o: {$ref: '#/components/schemas/O'}}}"
    found = of(written, "asyncapi", more)
    assert found.unmodelled == ()
    assert accepts(found, {"o": None})
    assert not accepts(found, {"o": 1})
    avro = of(written, "asyncapi", more.replace("oai.openapi", "apache.avro"))
    assert [each.partition(" (")[0] for each in avro.unmodelled] == ["the schema dialect avro"]


# Against the reference implementation, under the source dialect itself

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
