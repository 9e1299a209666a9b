"""Each keyword of each dialect, by what the translation accepts."""

from typing import Any

import pytest

from contracts.schemas import Direction
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
