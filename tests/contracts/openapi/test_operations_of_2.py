"""OpenAPI 2.0 in OpenAPI 3's concepts."""

import pytest

from contracts.elements.http import Operation
from tests.contracts.made import http


def operation(written: str, more: str = "") -> Operation:
    api = http(f"paths: {{/a: {{post: {written}}}}}\n{more}", head="swagger: '2.0'\n")
    assert api.problems == ()
    return api.operations[0]


@pytest.mark.parametrize(
    ("location", "collection", "style", "explode"),
    [
        ("query", "", "form", False),
        ("query", "csv", "form", False),
        ("query", "multi", "form", True),
        ("query", "ssv", "spaceDelimited", False),
        ("query", "tsv", "tabDelimited", False),
        ("query", "pipes", "pipeDelimited", False),
        ("path", "csv", "simple", False),
        ("header", "pipes", "pipeDelimited", False),
    ],
)
def test_collection_formats(location: str, collection: str, style: str, explode: bool) -> None:
    form = f", collectionFormat: {collection}" if collection else ""
    one = operation(
        f"{{parameters: [{{name: a, in: {location}, type: array, items: {{type: string}}{form}}}]}}"
    )
    (found,) = one.parameters
    assert (found.style, found.explode) == (style, explode)
    assert found.schema is not None
    assert found.schema.value == {"type": "array", "items": {"type": "string"}}


def test_a_body_parameter_becomes_the_body() -> None:
    one = operation(
        "{consumes: [application/json, text/json], parameters: [{name: b, in: body, required: true, schema: {type: object}}]}",
        "consumes: [application/xml]",
    )
    assert one.body is not None
    assert one.body.required
    assert list(one.body.content) == ["application/json", "text/json"]
    assert one.parameters == ()


def test_the_document_s_media_types_are_the_default() -> None:
    one = operation(
        "{parameters: [{name: b, in: body, schema: {}}], responses: {200: {schema: {type: string}}}}",
        "consumes: [application/xml]\nproduces: [text/plain]",
    )
    assert one.body is not None
    assert list(one.body.content) == ["application/xml"]
    assert list(one.responses["200"].content) == ["text/plain"]


def test_form_fields_become_a_form() -> None:
    one = operation(
        """{parameters: [{name: a, in: formData, type: string, required: true},
                         {name: f, in: formData, type: file},
                         {name: l, in: formData, type: array, items: {type: string}, collectionFormat: multi}]}"""
    )
    assert one.body is not None
    assert one.body.required
    (form,) = one.body.content.values()
    assert form.name == "multipart/form-data"
    assert form.schema is not None
    assert form.schema.value["required"] == ["a"]
    assert set(form.schema.value["properties"]) == {"a", "f", "l"}
    assert (form.encoding["l"].style, form.encoding["l"].explode) == ("form", True)


def test_a_form_without_files_is_urlencoded_unless_it_says_otherwise() -> None:
    plain = operation("{parameters: [{name: a, in: formData, type: string}]}").body
    said = operation(
        "{consumes: [multipart/form-data], parameters: [{name: a, in: formData, type: string}]}"
    ).body
    assert plain is not None
    assert said is not None
    assert list(plain.content) == ["application/x-www-form-urlencoded"]
    assert list(said.content) == ["multipart/form-data"]


def test_parameters_are_shared_by_reference() -> None:
    api = http(
        """
        paths:
          /a:
            parameters: [{$ref: '#/parameters/p'}]
            get: {parameters: [{name: q, in: query, type: integer, maximum: 3, exclusiveMaximum: true}]}
        parameters: {p: {name: p, in: header, required: true, type: string}}
        """,
        head="swagger: '2.0'\n",
    )
    found = api.operations[0].parameters
    assert [(one.name, one.required) for one in found] == [("p", True), ("q", False)]
    assert found[0].origin.path == ("parameters", "p")


def test_response_headers_are_inline_schemas() -> None:
    headers = (
        operation("{responses: {200: {headers: {X-A: {type: integer, description: d}}}}}")
        .responses["200"]
        .headers
    )
    assert headers["X-A"].schema is not None
    assert headers["X-A"].schema.value == {"type": "integer"}


def test_a_response_without_a_schema_has_no_content() -> None:
    assert operation("{responses: {204: {description: none}}}").responses["204"].content == {}


def test_a_parameter_in_an_unknown_place_is_a_problem() -> None:
    api = http(
        "paths: {/a: {get: {parameters: [{name: a, in: cookie, type: string}]}}}", head="swagger: '2.0'\n"
    )
    assert [problem.code for problem in api.problems] == ["parameter-unknown"]
