from __future__ import annotations

from linters.lint.examples.events import of_events, schemas_of_events

from .contracts import events, place

CONTRACT = """
asyncapi: 3.0.0
channels:
  a:
    address: a
    messages:
      m:
        headers: {type: object}
        payload: {type: integer}
        examples: [{payload: 1, headers: {}}, {payload: 2}, 3, {name: nothing}]
      bare: {examples: [{payload: 1}]}
"""


def test_payload_and_headers_are_judged_each_by_its_schema() -> None:
    shown = list(of_events(events(CONTRACT)))
    start = "channels/a/messages/m/examples"
    assert [(one.value, place(one), one.schema.value) for one in shown] == [
        (1, f"{start}/0/payload", {"type": "integer"}),
        ({}, f"{start}/0/headers", {"type": "object"}),
        (2, f"{start}/1/payload", {"type": "integer"}),
    ]
    assert {one.direction for one in shown} == {None}


def test_the_schemas_of_messages_are_roots() -> None:
    assert [schema.value for schema in schemas_of_events(events(CONTRACT))] == [
        {"type": "integer"},
        {"type": "object"},
    ]


def test_messages_of_2_have_examples_too() -> None:
    api = events("""
asyncapi: 2.6.0
channels: {a: {subscribe: {message: {oneOf: [{payload: {type: integer}, examples: [{payload: x}]}]}}}}
""")
    assert [one.value for one in of_events(api)] == ["x"]
