"""A document as a whole."""

import pytest

from tests.contracts.made import http


def test_the_head_of_a_document() -> None:
    api = http("tags: [{name: a, description: d}]\nx-audience: all\npaths: {}")
    assert (api.title, api.version, api.specification.line) == ("T", "1.0.0", "3.0")
    assert [(tag.name, tag.description) for tag in api.tags] == [("a", "d")]
    assert api.extensions == {"x-audience": "all"}
    assert api.problems == ()


@pytest.mark.parametrize(("version", "found"), [("3.0.3", 0), ("3.1.0", 1), ("3.2.0", 1)])
def test_webhooks_exist_from_3_1_on(version: str, found: int) -> None:
    api = http(
        "webhooks: {w: {$ref: '#/components/pathItems/w'}}\ncomponents: {pathItems: {w: {post: {}}}}",
        head=f"openapi: {version}\n",
    )
    assert len(api.webhooks) == found
    assert [problem.code for problem in api.problems] == ["webhooks-unknown"] * (1 - found)
    assert all(webhook.kind == "webhook" and webhook.path == "w" for webhook in api.webhooks)


def test_a_path_without_a_slash_is_told_and_kept() -> None:
    api = http("paths: {a: {get: {}}}")
    assert [operation.path for operation in api.operations] == ["a"]
    assert [problem.code for problem in api.problems] == ["path-without-slash"]


def test_the_document_s_own_dialect() -> None:
    text = "jsonSchemaDialect: {}\npaths: {{/a: {{get: {{parameters: [{{name: a, in: query, schema: {{}}}}]}}}}}}"
    for dialect, found in (
        ("http://json-schema.org/draft-07/schema", "json-schema-draft-07"),
        ("https://spec.openapis.org/oas/3.1/dialect/base", "json-schema-2020-12"),
        ("https://example.com/own", "https://example.com/own"),
    ):
        schema = http(text.format(dialect), head="openapi: 3.1.0\n").operations[0].parameters[0].schema
        assert schema is not None
        assert schema.dialect == found


def test_references_that_lead_nowhere_are_problems_of_the_api() -> None:
    api = http("paths: {/a: {get: {parameters: [{$ref: '#/components/parameters/x'}, {$ref: 'y.yaml'}]}}}")
    assert [(problem.code, problem.pointer) for problem in api.problems] == [
        ("reference-unresolved", "/paths/~1a/get/parameters/0/$ref"),
        ("reference-outside", "/paths/~1a/get/parameters/1/$ref"),
    ]
