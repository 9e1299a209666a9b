"""Documents are told apart by their own word, and nothing is guessed."""

import pytest

from contracts.document import parse
from contracts.errors import UnknownSpecification
from contracts.kinds import LINES, detect, specification_of


@pytest.mark.parametrize("line", LINES["openapi"][1:])
def test_every_openapi_3_line_is_known_with_any_patch(line: str) -> None:
    for version in (line, f"{line}.0", f"{line}.17", f"{line}.0-rc1"):
        found = detect({"openapi": version})
        assert (found.kind, found.version, found.line) == ("openapi", version, line)


@pytest.mark.parametrize("line", LINES["asyncapi"])
def test_every_asyncapi_line_is_known(line: str) -> None:
    assert detect({"asyncapi": f"{line}.0"}).line == line


def test_swagger_2_is_openapi_2() -> None:
    assert str(detect({"swagger": "2.0"})) == "OpenAPI 2.0"


def test_a_version_that_yaml_made_a_number_counts() -> None:
    assert detect({"swagger": 2.0}).line == "2.0"
    assert detect({"openapi": 3.1}).line == "3.1"


@pytest.mark.parametrize(
    ("uri", "line"),
    [
        ("http://json-schema.org/draft-07/schema#", "draft-07"),
        ("http://json-schema.org/draft-04/schema", "draft-04"),
        ("https://json-schema.org/draft/2020-12/schema", "2020-12"),
    ],
)
def test_json_schema_drafts_are_told_apart(uri: str, line: str) -> None:
    assert detect({"$schema": uri}).line == line


@pytest.mark.parametrize(
    ("value", "code", "pointer", "says"),
    [
        ({"openapi": "3.9.0"}, "unknown-version", "/openapi", "'3.9.0'"),
        ({"openapi": "2.0"}, "unknown-version", "/openapi", "'2.0'"),
        ({"swagger": "3.0.0"}, "unknown-version", "/swagger", "'3.0.0'"),
        ({"openapi": ["3.0.0"]}, "unknown-version", "/openapi", "a list"),
        ({"openapi": True}, "unknown-version", "/openapi", "a boolean"),
        ({"asyncapi": "1.2.0"}, "unknown-version", "/asyncapi", "'1.2.0'"),
        ({"asyncapi": "2.7.0"}, "unknown-version", "/asyncapi", "'2.7.0'"),
        ({"swaggerVersion": "1.2"}, "unknown-version", "/swaggerVersion", "Swagger 1.2"),
        ({"$schema": "https://example.com/mine"}, "unknown-version", "/$schema", "example.com"),
        ({"paths": {}}, "unknown-specification", "", "does not say"),
        ({}, "unknown-specification", "", "does not say"),
        ([], "not-a-contract", "", "a list"),
        (None, "not-a-contract", "", "empty"),
        ("hello", "not-a-contract", "", "text"),
        (3, "not-a-contract", "", "a number"),
    ],
)
def test_what_is_unknown_is_told_with_its_place(value: object, code: str, pointer: str, says: str) -> None:
    with pytest.raises(UnknownSpecification) as caught:
        detect(value, "a.yaml")
    error = caught.value
    assert (error.code, error.pointer, error.source) == (code, pointer, "a.yaml")
    assert says in error.message
    assert error.advice


def test_the_advice_knows_what_a_headless_document_looks_like() -> None:
    for value, word in (({"paths": {}}, "OpenAPI"), ({"channels": {}}, "AsyncAPI")):
        with pytest.raises(UnknownSpecification) as caught:
            detect(value)
        assert word in caught.value.advice


def test_a_document_s_error_has_the_line() -> None:
    with pytest.raises(UnknownSpecification) as caught:
        specification_of(parse(b"info: {}\n\nopenapi: 3.9.0\n", "a.yaml"))
    assert caught.value.line == 3
