from typing import Any

import pytest

from contracts.model import Encoding
from gateway.bodies.forms import parse_form, require_text, reserved_fields
from gateway.checks.shape import shape_of
from gateway.malformed import Malformed

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "n": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "address": {"type": "object", "properties": {"zip": {"type": "integer"}}},
    },
}


def encoding(**given: Any) -> Encoding:
    usual: dict[str, Any] = {
        "content_type": None,
        "headers": {},
        "style": None,
        "explode": None,
        "allow_reserved": False,
    }
    return Encoding(**{**usual, **given})


@pytest.mark.parametrize(
    ("raw", "encodings", "value"),
    [
        (b"n=5&other=a+b", {}, {"n": 5, "other": "a b"}),
        (b"tags=a&tags=b", {}, {"tags": ["a", "b"]}),
        (b"tags=a,b", {"tags": encoding(style="form", explode=False)}, {"tags": ["a", "b"]}),
        (b"address=%7B%22zip%22:5%7D", {}, {"address": {"zip": 5}}),
        (b"address[zip]=5", {"address": encoding(style="deepObject")}, {"address": {"zip": 5}}),
        (b"", {}, {}),
    ],
)
def test_forms_are_objects(raw: bytes, encodings: dict[str, Encoding], value: dict[str, Any]) -> None:
    assert parse_form(raw, shape_of(SCHEMA), encodings, 10) == value


def test_bounds_and_broken_documents() -> None:
    with pytest.raises(Malformed):
        parse_form(b"a=1&b=2&c=3", shape_of(SCHEMA), {}, 2)
    with pytest.raises(Malformed):
        parse_form(b"address=%7B", shape_of(SCHEMA), {}, 2)


def test_reserved_characters() -> None:
    assert reserved_fields(b"a=x/y&b=z", {}, 10) == ["a"]
    assert reserved_fields(b"a=x/y", {"a": encoding(allow_reserved=True)}, 10) == []


def test_text_in_its_charset() -> None:
    assert require_text("é".encode("latin-1"), "iso-8859-1") == "é"
    with pytest.raises(Malformed):
        require_text(b"\xff", "")
    with pytest.raises(Malformed):
        require_text(b"a", "no-such-charset")


def test_objects_may_be_written_in_brackets() -> None:
    schema = {"type": "object", "properties": {"lines": {"type": "array", "items": SCHEMA}}}
    assert parse_form(b"lines[0][n]=1&lines[1][n]=2", shape_of(schema), {}, 10) == {
        "lines": [{"n": 1}, {"n": 2}]
    }
