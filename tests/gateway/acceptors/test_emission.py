from __future__ import annotations

import orjson
import pytest

from gateway.acceptors.emission import emit
from gateway.acceptors.nodes import ANYTHING, Node, Object, Strings
from gateway.acceptors.patterns import Inexpressible
from gateway.acceptors.scalars import MOST_BYTES

from .judging import machine_of

_TEXT = machine_of({"type": "string", "minLength": 1, "maxLength": 4})
_VALUE = machine_of(True)
_WIDE = {
    "type": "object",
    "properties": {f"p{number}": {"type": "integer"} for number in range(200)},
    "required": ["p0", "p70", "p199"],
}


@pytest.mark.parametrize(
    "text",
    [b'"a"', '"éé"'.encode(), '"€"'.encode(), '"😀"'.encode(), rb'"\"\\\/\b"', b'"\x7f"', '"\u07ff\u0800\uffff"'.encode()],
)  # fmt: skip
def test_strings_that_are_known(text: bytes) -> None:
    assert _TEXT.judge(text)


@pytest.mark.parametrize(
    "text",
    [b'""', b'"abcde"', '"ééééé"'.encode(), b'"a', b'"', b'"\x00"', b'"\n"', b'"\x1f"', b'"\xc3"', b'"\x80"', b'"\xc0\x80"', b'"\xe0\x80\x80"',
     b'"\xed\xa0\x80"', b'"\xf0\x80\x80\x80"', b'"\xf4\x90\x80\x80"', b'"\xf5\x80\x80\x80"', b'"\xff"', rb'"\u0041"', rb'"\x"', b'"a\\', b'"\xe2\x82"',
     b'"a""', b'"a" "', b"'a'"],
)  # fmt: skip
def test_strings_that_are_not(text: bytes) -> None:
    assert not _TEXT.judge(text)


@pytest.mark.parametrize(
    "text",
    [b"0", b"-0", b"-1", b"10.50", b"123456789012345678", b"0.000001", b"[]", b"{}", b" \r\n\t[ 1 , [ ] ] "],
)
def test_values_that_are_known(text: bytes) -> None:
    assert _VALUE.judge(text)
    orjson.loads(text)


@pytest.mark.parametrize(
    "text",
    [b"", b" ", b"-", b"01", b"-01", b"1.", b".1", b"+1", b"1e5", b"1E5", b"1.5e5", b"1234567890123456789", b"0x1", b"NaN", b"Infinity", b"tru", b"nul",
     b"truex", b"[1,]", b"[,1]", b"[1 2]", b"[1", b"{", b'{"a"}', b'{"a":}', b'{"a":1,}', b'{,"a":1}', b'{"a":1 "b":2}', b"{a:1}", b'{"a":1,"a":2}',
     b'{"\\u0061":1}', b"1 2", b"\xef\xbb\xbf1", b"1\x00", b"[1]\x00", b"\x0b1", b'{"a":1}}'],
)  # fmt: skip
def test_values_that_are_not(text: bytes) -> None:
    assert not _VALUE.judge(text)


def test_nesting_ends_where_it_does_for_the_parser() -> None:
    assert _VALUE.judge(b"[" * 200 + b"]" * 200)
    assert not _VALUE.judge(b"[" * 201 + b"]" * 201)
    assert _VALUE.judge(b'{"a":' * 200 + b"1" + b"}" * 200)
    assert not _VALUE.judge(b'{"a":' * 201 + b"1" + b"}" * 201)


def test_members_come_in_any_order_and_once() -> None:
    machine = machine_of(_WIDE)
    names = [f"p{number}" for number in range(200)]
    assert machine.judge(orjson.dumps(dict.fromkeys(names, 1)))
    assert machine.judge(orjson.dumps(dict.fromkeys(reversed(names), 1)))
    assert not machine.judge(orjson.dumps(dict.fromkeys(names[1:], 1)))
    assert not machine.judge(orjson.dumps(dict.fromkeys(names[:-1], 1)))
    for name in ("p0", "p63", "p64", "p128", "p199"):
        assert not machine.judge(orjson.dumps(dict.fromkeys(names, 1))[:-1] + b',"%s":1}' % name.encode())


def test_names_beyond_ascii_are_known_as_they_are_written() -> None:
    machine = machine_of(
        {"type": "object", "properties": {"größe": {"type": "integer"}}, "additionalProperties": False}
    )
    assert machine.judge('{"größe":1}'.encode())
    assert not machine.judge(b'{"gr\\u00f6\\u00dfe":1}')
    assert not machine_of({"properties": {'a"b': {"type": "integer"}}}).judge(b'{"a\\"b":"x"}')


def test_many_names_that_are_not_declared_are_left_to_the_parser() -> None:
    assert _VALUE.judge(orjson.dumps({str(number): number for number in range(190)}))
    assert not _VALUE.judge(orjson.dumps({str(number): number for number in range(250)}))
    several = [{str(number): number for number in range(100)}] * 50
    assert _VALUE.judge(orjson.dumps(several))  # those of one object are forgotten with it


def test_reading_again_is_bounded() -> None:
    definitions = {"6": {"type": "object", "properties": {"x": {"const": "no"}}, "required": ["x", "z"]}}
    for level in range(6):
        again = [{"$ref": f"#/$defs/{level + 1}"}] * 30
        definitions[str(level)] = {"type": "object", "properties": {"y": {"anyOf": again}}, "required": ["y"]}
    value: object = {"x": "no", "w": "v" * 50_000}
    for _ in range(6):
        value = {"y": value}
    assert not machine_of({"$ref": "#/$defs/0", "$defs": definitions}).judge(
        orjson.dumps(value)
    )  # 30**6 readings otherwise


def test_what_would_be_too_large_is_given_up() -> None:
    wide = Node(objects=(Object({str(number): ANYTHING for number in range(300)}),))
    with pytest.raises(Inexpressible, match="too many properties"):
        emit(wide)
    with pytest.raises(Inexpressible, match="too many values"):
        emit(Node(strings=Strings(literals=frozenset(map(str, range(600))))))
    patterns = frozenset(f"^{chr(97 + number)}{{{500 - number}}}$" for number in range(26))
    with pytest.raises(Inexpressible, match="patterns"):
        emit(Node(strings=Strings(patterns=patterns)))


def test_the_place_of_the_text_leaves_room_for_the_longest() -> None:
    module = emit(ANYTHING)
    assert module.place % 16 == 0
    assert _VALUE.judge(b'"' + b"a" * (MOST_BYTES - 2) + b'"')
