"""Parameters have their defaults, and the operation's stand in for the path item's."""

import pytest

from contracts.elements.http import Parameter
from tests.contracts.made import http


def parameters(written: str, shared: str = "[]", head: str = "openapi: 3.0.3\n") -> tuple[Parameter, ...]:
    api = http(f"paths: {{/a: {{parameters: {shared}, get: {{parameters: {written}}}}}}}", head=head)
    return api.operations[0].parameters


@pytest.mark.parametrize(
    ("written", "style", "explode", "required"),
    [
        ("{name: a, in: query}", "form", True, False),
        ("{name: a, in: query, style: pipeDelimited}", "pipeDelimited", False, False),
        ("{name: a, in: query, explode: false}", "form", False, False),
        ("{name: a, in: path, required: true}", "simple", False, True),
        ("{name: a, in: path}", "simple", False, True),
        ("{name: a, in: header}", "simple", False, False),
        ("{name: a, in: cookie}", "form", True, False),
    ],
)
def test_defaults(written: str, style: str, explode: bool, required: bool) -> None:
    (found,) = parameters(f"[{written}]")
    assert (found.style, found.explode, found.required) == (style, explode, required)


def test_the_operation_s_parameter_stands_in_for_the_shared_one() -> None:
    found = parameters(
        "[{name: a, in: query, deprecated: true}, {name: x-h, in: header, required: true}]",
        "[{name: a, in: query}, {name: X-H, in: header}, {name: a, in: header}]",
    )
    assert [(one.location, one.name, one.deprecated, one.required) for one in found] == [
        ("query", "a", True, False),
        ("header", "x-h", False, True),
        ("header", "a", False, False),
    ]


def test_headers_that_the_specification_reserves_are_no_parameters() -> None:
    assert parameters("[{name: Accept, in: header}, {name: content-type, in: header}]") == ()


@pytest.mark.parametrize(
    "written", ["{in: query}", "{name: a}", "{name: a, in: body}", "{name: a, in: querystring}"]
)
def test_what_cannot_be_placed_is_a_problem(written: str) -> None:
    api = http(f"paths: {{/a: {{get: {{parameters: [{written}]}}}}}}")
    assert api.operations[0].parameters == ()
    (problem,) = api.problems
    assert (problem.code, problem.pointer) == ("parameter-unknown", "/paths/~1a/get/parameters/0")


def test_3_2_has_the_whole_query_string() -> None:
    (found,) = parameters(
        "[{name: a, in: querystring, content: {a/b: {schema: {}}}}]", head="openapi: 3.2.0\n"
    )
    assert (found.location, list(found.content)) == ("querystring", ["a/b"])


def test_a_parameter_s_origin_is_where_it_is_written() -> None:
    api = http(
        "paths: {/a: {get: {parameters: [{$ref: 'parts.yaml#/one'}]}}}",
        parts="one: {$ref: '#/two'}\ntwo: {name: a, in: query, schema: {$ref: '#/three'}}\nthree: {type: string}",
    )
    (found,) = api.operations[0].parameters
    assert (found.origin.source, found.origin.path) == ("parts.yaml", ("two",))
    assert found.schema is not None
    assert (found.schema.origin.path, found.schema.value) == (("two", "schema"), {"$ref": "#/three"})
