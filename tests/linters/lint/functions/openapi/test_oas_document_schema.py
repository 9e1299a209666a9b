from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import places, run

RULE = {
    "r": {
        "formats": ["oas2", "oas3", "oas3.1", "oas3.2"],
        "given": "$",
        "resolved": False,
        "message": "{{error}}",
        "then": {"function": "oasDocumentSchema"},
    }
}
INFO = {"title": "Orders", "version": "1"}


@pytest.mark.parametrize(
    "version", [{"swagger": "2.0"}, {"openapi": "3.0.4"}, {"openapi": "3.1.1"}, {"openapi": "3.2.0"}]
)
def test_each_version_is_held_to_its_own_schema(version: Any) -> None:
    assert run(RULE, {**version, "info": INFO, "paths": {}}) == ()
    assert places(run(RULE, {**version, "info": {"title": "Orders"}, "paths": {}})) == ["r info"]


def test_what_is_wrong_in_the_depth_is_told_there() -> None:
    schemas = {"A": {"properties": {"a": {"type": "text"}}}, "B": {"additionalProperties": "no"}}
    document = {"openapi": "3.0.4", "info": INFO, "paths": {}, "components": {"schemas": schemas}}
    assert places(run(RULE, document)) == [
        "r components/schemas/A/properties/a/type",
        "r components/schemas/B/additionalProperties",
    ]


def test_an_unexpected_field_is_told_at_itself_and_later_at_its_owner() -> None:
    old, new = ({"openapi": v, "info": INFO, "paths": {}, "a": 1, "b": 2} for v in ("3.0.4", "3.1.1"))
    assert places(run(RULE, old)) == ["r a", "r b"]
    (finding,) = run(RULE, new)
    assert finding.path == ()
    assert finding.message.startswith("Not expected here: 'a', 'b'. Correct the name")


def test_a_field_of_a_part_that_does_not_hold_is_not_called_wrong() -> None:
    schemes = {"people": {"type": "openIdConnect", "openIdConnectUrl": "no address"}}
    document = {"openapi": "3.1.1", "info": INFO, "components": {"securitySchemes": schemes}}
    address, rest = sorted(run(RULE, document), key=lambda finding: -len(finding.path))
    assert "is no URI" in address.message
    assert rest.message.startswith("Not expected here: 'openIdConnectUrl'. Mend first what else")


def test_the_address_of_open_id_connect_may_be_relative() -> None:
    schemes = {"people": {"type": "openIdConnect", "openIdConnectUrl": "/.well-known/openid-configuration"}}
    assert run(RULE, {"openapi": "3.1.1", "info": INFO, "components": {"securitySchemes": schemes}}) == ()


def test_formats_count() -> None:
    schema = {"$ref": "#/components/schemas/with blank"}
    document = {"openapi": "3.0.4", "info": INFO, "paths": {}, "components": {"schemas": {"A": schema}}}
    assert places(run(RULE, document)) == [
        "invalid-ref components/schemas/A/$ref",
        "r components/schemas/A/$ref",
    ]


def test_a_server_may_be_a_template() -> None:
    servers = [{"url": "https://{region}.acme.test:{port}/{base}", "variables": {}}]
    assert run(RULE, {"openapi": "3.1.1", "info": INFO, "paths": {}, "servers": servers}) == ()


@pytest.mark.parametrize("document", [{"openapi": "4.0.0"}, {"asyncapi": "3.0.0"}, []])
def test_other_documents_are_passed_over(document: Any) -> None:
    assert {finding.code for finding in run(RULE, document)} <= {"unrecognized-format"}


def test_what_is_of_another_type_is_not_told_twice() -> None:
    schemas = {"A": {"type": ["string", "number"]}}
    document = {"openapi": "3.0.4", "info": INFO, "paths": {}, "components": {"schemas": schemas}}
    assert places(run(RULE, document)) == ["r components/schemas/A/type"]


def test_a_path_parameter_that_is_not_required_is_told_as_that() -> None:
    parameter = {"name": "id", "in": "path", "schema": {"type": "string"}}
    document = {"openapi": "3.0.4", "info": INFO, "paths": {"/{id}": {"parameters": [parameter]}}}
    (finding,) = run(RULE, document)
    assert finding.message == "This item lacks the field 'required'. Add 'required'."


def test_what_fits_several_alternatives_for_want_of_a_field_is_told_as_that() -> None:
    schemes = {"token": {"type": "http"}}
    document = {"openapi": "3.0.4", "info": INFO, "paths": {}, "components": {"securitySchemes": schemes}}
    assert [finding.message for finding in run(RULE, document)] == [
        "'token' lacks the field 'scheme'. Add 'scheme'."
    ]
