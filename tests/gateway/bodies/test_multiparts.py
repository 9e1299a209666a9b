from typing import Any

import pytest

from contracts.model import Encoding
from gateway.bodies.multiparts import parse_form_data, parse_parts
from gateway.checks.shape import shape_of
from gateway.malformed import Malformed

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "n": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "meta": {"type": "object", "properties": {"a": {"type": "integer"}}},
        "file": {"type": "string", "format": "binary"},
    },
}


def body(*parts: tuple[str, bytes], end: bytes = b"--B--\r\n") -> bytes:
    return b"".join(b"--B\r\n%s\r\n\r\n%s\r\n" % (head.encode(), content) for head, content in parts) + end


def field(name: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}'


def read(raw: bytes, encodings: dict[str, Encoding] | None = None, limit: int = 10) -> dict[str, Any]:
    return parse_form_data(raw, "B", shape_of(SCHEMA), encodings or {}, limit)


def test_parts_become_properties() -> None:
    raw = body(
        (field("n"), b"5"),
        (field("tags"), b"a"),
        (field("tags"), b"b"),
        (field("meta"), b'{"a":1}'),
        (field("file", '; filename="x.bin"\r\nContent-Type: application/octet-stream'), b"\xff\r\n\x00"),
    )
    assert read(raw) == {"n": 5, "tags": ["a", "b"], "meta": {"a": 1}, "file": "\xff\r\n\x00"}


def test_a_part_may_say_what_it_is() -> None:
    assert read(body((field("n", "\r\nContent-Type: application/json"), b"5"))) == {"n": 5}


def test_the_encoding_says_which_types_a_part_may_have() -> None:
    raw = body((field("file", '; filename="x"\r\nContent-Type: text/html'), b"x"))
    encodings = {"file": Encoding("image/png, image/*", {}, None, None, False)}
    with pytest.raises(Malformed) as caught:
        read(raw, encodings)
    assert caught.value.code == "part-type"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        body((field("n"), b"5"), end=b""),
        body((field("n"), b"5"), end=b"--B\r\n"),
        body(("Content-Disposition: form-data", b"5")),
        body((field("n"), b"5"), (field("n"), b"6")),
        b"--Bx\r\n\r\n--B--",
        body(("no colon", b"5")),
    ],
)
def test_what_is_no_form(raw: bytes) -> None:
    with pytest.raises(Malformed):
        read(raw)


def test_there_is_an_end_to_parts() -> None:
    with pytest.raises(Malformed):
        parse_parts(body(*[(field("tags"), b"x")] * 11), "B", 10)


def test_a_file_of_json_is_a_file_where_the_schema_says_text() -> None:
    raw = body(
        (
            'Content-Disposition: form-data; name="f"; filename="a.json"\r\nContent-Type: application/json',
            b"{}",
        )
    )
    shape = shape_of({"type": "object", "properties": {"f": {"type": "string", "format": "binary"}}})
    assert parse_form_data(raw, "B", shape, {}, 10) == {"f": "{}"}


@pytest.mark.parametrize(
    "head",
    [
        'Content-Disposition: form-data; name="n"; name="m"',
        "Content-Disposition: form-data; name*=utf-8''n",
        "Content-Disposition: form-data; name*0=n; name*1=m",
        'Content-Disposition: form-data; name="n"\r\nContent-Disposition: form-data; name="m"',
        'Content-Disposition: form-data; name="n"\r\nContent-Transfer-Encoding: base64',
        'Content-Disposition : form-data; name="n"',
        'Content-Disposition: form-data;\r\n name="n"',
    ],
)
def test_what_readers_of_parts_disagree_about_is_refused(head: str) -> None:
    with pytest.raises(Malformed):
        read(body((head, b"5")))


def test_parts_may_say_that_they_are_not_encoded_and_name_a_file_twice() -> None:
    plain = field("n", "\r\nContent-Transfer-Encoding: 8bit")
    named = field("file", "; filename=\"a\"; filename*=utf-8''%C3%A4")
    assert read(body((plain, b"5"), (named, b"x"))) == {"n": 5, "file": "x"}


def test_lines_end_with_lf_alone_where_the_rules_are_lenient() -> None:
    raw = body((field("n"), b"5"), (field("tags"), b"a\r\nb")).replace(b"\r\n", b"\n")
    with pytest.raises(Malformed):
        parse_parts(raw, "B", 10)
    found = [(part.name, part.content) for part in parse_parts(raw, "B", 10, lenient=True)]
    assert found == [("n", b"5"), ("tags", b"a\nb")]
    strict = body((field("n"), b"5"), ("", b"x"))
    assert parse_parts(strict, "B", 10, lenient=True) == parse_parts(strict, "B", 10)
