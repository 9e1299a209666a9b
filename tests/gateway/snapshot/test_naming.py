import pytest

from contracts.schemas import Direction, Translator
from gateway.bodies.body import Content, contents
from gateway.bodies.media import Choices
from gateway.checks.check import Checks
from gateway.malformed import Malformed
from gateway.rules import DEFAULT_RULES
from gateway.snapshot.naming import read, usual
from tests.gateway.world import api_of

DECLARED = """
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths:
  /a:
    post:
      requestBody:
        content:
          Application/json: {}
          application/json;version=2: {}
          text/*: {}
          not a type: {}
      responses: {}
"""


def declared() -> Choices[Content]:
    api = api_of(DECLARED)
    body = api.operations[0].body
    assert body is not None
    return contents(body.content, Checks(Translator(api.documents), DEFAULT_RULES), Direction.REQUEST)


def test_usual_fields_name_what_reading_them_gives() -> None:
    choices = declared()
    known = usual(choices)
    assert {
        b"Application/json",
        b"Application/json; charset=utf-8",
        b"application/json;version=2",
    } < known.keys()
    for given, found in known.items():
        assert found == read(given, choices, lenient=False) == read(given, choices, lenient=True)


def test_what_is_unusual_is_read() -> None:
    choices = declared()
    given = b"text/plain;  charset=latin1"
    assert given not in usual(choices)
    media, content = read(given, choices, lenient=False)
    assert (media.name, media.parameters) == ("text/plain", {"charset": "latin1"})
    assert content is not None
    assert content.name == "text/*"
    assert read(b"image/png", choices, lenient=False)[1] is None


def test_what_is_no_media_type_is_told() -> None:
    with pytest.raises(Malformed):
        read(b"not a type", declared(), lenient=False)
    assert b"not a type" not in usual(declared())
