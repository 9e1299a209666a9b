from __future__ import annotations

from contracts.schemas import Direction
from linters.lint.examples.http import of_http, schemas_of_http

from .contracts import http, place

CONTRACT = """
openapi: 3.1.1
paths:
  /a:
    parameters: [{name: p, in: query, schema: {type: string}, example: p1}]
    post:
      requestBody:
        content:
          application/json: {schema: {type: object}, example: {a: 1}}
          application/xml: {schema: {type: object}, example: <a/>}
          application/problem+json: {schema: {type: object}, example: '{"a": 2}'}
          text/json: {schema: {type: string}, example: '{broken'}
      responses:
        '200':
          headers: {X-A: {schema: {type: integer}, example: 4}}
          content: {application/json: {schema: {type: object}, example: {b: 5}}}
      callbacks: {done: {'{$url}': {post: {requestBody: {content: {application/json: {schema: {type: object}, example: {c: 6}}}}}}}}
webhooks:
  moved: {post: {parameters: [{name: q, in: query, content: {application/json: {schema: {type: object}, example: {d: 7}}}}]}}
"""


def test_every_example_comes_with_its_direction() -> None:
    shown = [(one.value, one.direction) for one in of_http(http(CONTRACT))]
    assert [value for value, direction in shown if direction is Direction.RESPONSE] == [4, {"b": 5}]
    assert [value for value, direction in shown if direction is Direction.REQUEST] == [
        "p1",
        {"a": 1},
        {"a": 2},
        "{broken",
        {"c": 6},
        {"d": 7},
    ]


def test_every_schema_of_an_operation_is_a_root() -> None:
    assert len(list(schemas_of_http(http(CONTRACT)))) == 9


def test_answers_in_2_show_one_example_for_each_media_type() -> None:
    api = http("""
swagger: '2.0'
produces: [application/json]
paths:
  /a:
    get:
      responses:
        '200': {description: a, schema: {type: object}, examples: {application/json: {a: 1}, application/xml: <a/>}}
        '204': {description: none, examples: {application/json: {a: 1}}}
""")
    [one] = of_http(api)
    assert (one.value, place(one)) == ({"a": 1}, "paths//a/get/responses/200/examples/application/json")
