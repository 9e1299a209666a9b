"""Examples: given, or made from what the schema says."""

from __future__ import annotations

import pytest

from contracts import model
from contracts.model import HttpApi, MediaType, Origin, Schema
from contracts.references import from_files
from portal.reading import examples

DOCUMENT = b"""
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths:
  /a:
    post:
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Order'}}
          application/xml: {example: <a/>, schema: {type: string}}
          text/plain: {examples: {one: {$ref: '#/components/examples/One'}, gone: {$ref: '#/nowhere'}}}
      responses: {}
components:
  examples: {One: {value: uno}}
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: {type: string, format: uuid}
        at: {type: string, format: date-time}
        state: {enum: [open, closed]}
        fixed: {const: 3}
        count: {type: integer, minimum: 5}
        short: {type: string, maxLength: 2}
        lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
        parent: {$ref: '#/components/schemas/Order'}
        either: {oneOf: [{type: boolean}, {type: string}]}
        nothing: false
    Line: {type: object, properties: {sku: {type: string, examples: [A-1]}}}
"""


def api() -> HttpApi:
    built = model.build(from_files({"a.yaml": DOCUMENT}, "a.yaml"))
    assert isinstance(built, HttpApi)
    return built


def body(name: str) -> tuple[examples.Example, ...]:
    made = api()
    content = made.operations[0].body
    assert content is not None
    return examples.of_media(made.documents, content.content[name])


def test_one_is_made_from_the_parts_and_ends_where_the_schema_recurs() -> None:
    (made,) = body("application/json")
    assert made.made
    assert made.value == {
        "id": "018f3f6e-6a5b-7c2d-9e1f-2a3b4c5d6e7f",
        "at": "2026-11-23T09:30:00Z",
        "state": "open",
        "fixed": 3,
        "count": 5,
        "short": "te",
        "lines": [{"sku": "A-1"}],
        "either": True,
    }


def test_given_ones_come_first_and_references_are_followed() -> None:
    assert body("application/xml") == (examples.Example("", "<a/>", made=False),)
    assert body("text/plain") == (examples.Example("one", "uno", made=False),)


def made_of(text: str) -> examples.Example | None:
    documents = from_files({"t.yaml": text.encode()}, "t.yaml")
    schema = Schema(documents.top.child("S").value, Origin("t.yaml", ("S",)), "json-schema-2020-12")
    return examples.of_schema(documents, schema)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ("{type: array, items: {type: integer}}", [1]),
        ("{type: array}", []),
        ("{type: array, items: {$ref: '#/S'}}", []),
        ("{type: number, exclusiveMinimum: 2.5}", 2.5),
        ("{type: integer, minimum: 3, exclusiveMinimum: true}", 3),
        ("{type: 'null'}", None),
        ("{type: string, format: of-our-own, maxLength: 3}", "tex"),
        ("{default: 0}", 0),
        ("{example: null}", None),
        ("{examples: [], enum: [b, a]}", "b"),
        ("{allOf: [{properties: {a: {const: 1}}}, {properties: {b: {const: 2}}}]}", {"a": 1, "b": 2}),
        (
            "{properties: {a: {const: 1}}, oneOf: [{properties: {b: {const: 2}}}, {properties: {c: {}}}]}",
            {"a": 1, "b": 2},
        ),
        ("{oneOf: [{$ref: '#/S'}, {type: boolean}]}", True),
    ],
)
def test_each_part_is_made_from_what_is_said_of_it(schema: str, value: object) -> None:
    made = made_of(f"S: {schema}")
    assert made is not None
    assert (made.value, made.made) == (value, True)


@pytest.mark.parametrize(
    "schema", ["{}", "false", "true", "[1]", "{$ref: '#/nowhere'}", "{$ref: '#/S'}", "{not: {}}"]
)
def test_nothing_is_made_of_what_says_nothing(schema: str) -> None:
    assert made_of(f"S: {schema}") is None


def test_a_schema_in_another_language_has_no_made_example() -> None:
    schema = Schema({"type": "string"}, Origin("a.yaml", ()), "avro")
    assert examples.of_schema(api().documents, schema) is None


def test_an_example_is_bounded_in_breadth_and_depth() -> None:
    wide = made_of(
        "S: {properties: {" + ", ".join(f"p{each}: {{type: string}}" for each in range(2000)) + "}}"
    )
    assert wide is not None
    assert len(wide.value) == examples.MOST_NODES - 1
    links = "".join(f"S{each}: {{properties: {{p: {{$ref: '#/S{each + 1}'}}}}}}\n" for each in range(1000))
    deep, depth = made_of("S: {$ref: '#/S0'}\n" + links + "S1000: {}"), 0
    assert deep is not None
    value = deep.value
    while value:
        value, depth = value["p"], depth + 1
    assert depth == examples.MOST_NODES - 1


def test_of_very_many_given_ones_a_few_are_shown() -> None:
    media = MediaType(
        "application/json",
        None,
        None,
        {},
        Origin("a.yaml", ()),
        {"examples": {str(n): {"value": n} for n in range(40)}},
    )
    assert [each.value for each in examples.of_media(api().documents, media)] == [0, 1, 2, 3, 4]
