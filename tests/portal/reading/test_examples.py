"""Examples: given, or made from what the schema says."""

from __future__ import annotations

from contracts import model
from contracts.model import HttpApi
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
