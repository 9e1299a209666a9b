import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.bodies.jsons import parse_json
from gateway.malformed import Malformed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_what_was_written_is_read_compact_or_not(value: object, compact: bool) -> None:
    raw = json.dumps(value, separators=(",", ":") if compact else None, ensure_ascii=compact).encode(
        "utf-8", "replace"
    )
    try:
        expected = json.loads(raw)
        expected = json.loads(json.dumps(expected, ensure_ascii=False).encode())
    except UnicodeError:
        return
    assert parse_json(raw) == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"a":1,"a":2}', "duplicate-key"),
        (b'{"a":{"b":1,"b":1}}', "duplicate-key"),
        (b'{"a": 1, "a": 2}', "duplicate-key"),
        (b'{"a":1,"\\u0061":2}', "duplicate-key"),
        (b"[NaN]", "syntax"),
        (b"[Infinity]", "syntax"),
        (b"[1] 2", "trailing-bytes"),
        (b"[1]]", "trailing-bytes"),
        (b'["\\ud800"]', "surrogate"),
        (b'["\xff"]', "encoding"),
        (b"[1", "syntax"),
        (b"", "syntax"),
        (b"[" * 300 + b"]" * 300, "too-deep"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "too-deep"),
        (b"\xef\xbb\xbf[]", "syntax"),
        (b"{'a':1}", "syntax"),
        (b"[01]", "syntax"),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_json(raw)
    assert caught.value.code == code


@pytest.mark.parametrize("blank", [b"", b" "])
@pytest.mark.parametrize("before", [b"", b"{}," * 300])
def test_the_bound_of_levels_is_the_same_for_every_writing(blank: bytes, before: bytes) -> None:
    def nested(levels: int) -> bytes:
        return b"[" + before + b"[" * (levels - 1) + b"1" + blank + b"]" * levels

    assert json.dumps(parse_json(nested(200)), separators=(",", ":")).encode() == nested(200).replace(
        b" ", b""
    )
    with pytest.raises(Malformed) as caught:
        parse_json(nested(201))
    assert caught.value.code == "too-deep"


def test_integers_keep_every_digit() -> None:
    assert parse_json(b"[123456789012345678901234567890]") == [123456789012345678901234567890]
