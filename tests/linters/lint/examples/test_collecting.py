from __future__ import annotations

from linters.lint.examples import shown

from .contracts import http, place


def test_what_several_operations_share_is_judged_once() -> None:
    api = http("""
openapi: 3.0.3
paths:
  /a: {get: {responses: {'404': {$ref: '#/components/responses/No'}}}, put: {responses: {'404': {$ref: '#/components/responses/No'}}}}
components:
  responses: {No: {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: 1}}}}
  schemas: {A: {example: 2}, Unused: {default: 3}}
""")
    assert [(one.value, place(one)) for one in shown(api)] == [
        (1, "components/responses/No/content/application/json/example"),
        (2, "components/schemas/A/example"),
        (3, "components/schemas/Unused/default"),
    ]


def test_definitions_of_2_are_roots_too() -> None:
    assert [
        one.value for one in shown(http("swagger: '2.0'\npaths: {}\ndefinitions: {A: {example: 1}}"))
    ] == [1]


def test_a_contract_without_components_has_no_examples() -> None:
    assert list(shown(http("openapi: 3.1.1\npaths: {}\ncomponents: []"))) == []
