from __future__ import annotations

import hashlib

import pytest

from contracts.document import Position, Range, parse
from contracts.errors import LimitExceeded, Unreadable
from contracts.limits import Limits

YAML = b"""\
openapi: 3.1.0
info:
  title: Orders
paths:
  /orders:
    get:
      tags: [a, b]
      deprecated: no
"""


def at(start_line: int, start: int, end_line: int, end: int) -> Range:
    return Range(Position(start_line, start), Position(end_line, end))


def test_values_follow_yaml_1_2() -> None:
    assert parse(YAML).value["paths"]["/orders"]["get"] == {"tags": ["a", "b"], "deprecated": "no"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), at(0, 0, 7, 20)),
        (("openapi",), at(0, 9, 0, 14)),
        (("info",), at(1, 5, 2, 15)),
        (("paths", "/orders", "get", "tags"), at(6, 11, 6, 17)),
        (("paths", "/orders", "get", "tags", 1), at(6, 16, 6, 17)),
        (("info", "contact", "name"), at(1, 5, 2, 15)),
    ],
)
def test_ranges_as_spectral_counts_them(path: tuple[str | int, ...], expected: Range) -> None:
    assert parse(YAML).range(path) == expected


def test_an_exact_range_is_only_given_for_what_is_written() -> None:
    document = parse(YAML)
    assert document.exact_range(("info", "contact")) is None
    assert document.exact_range(("info",)) == document.range(("info",))


def test_lines_for_people_are_those_of_keys() -> None:
    document = parse(YAML)
    assert document.line(("paths", "/orders", "get")) == 6
    assert document.line(("info", "contact")) == 2
    assert document.line(()) == 1


def test_the_digest_is_that_of_the_bytes() -> None:
    assert parse(YAML).digest == "sha256:" + hashlib.sha256(YAML).hexdigest()


def test_json_is_read_as_json_and_flow_yaml_as_yaml() -> None:
    assert parse(b'{"a": "\\ud83d\\ude00"}').value == {"a": "😀"}
    assert parse(b"{a: b,}").value == {"a": "b"}


def test_a_byte_order_mark_is_skipped() -> None:
    assert parse(b"\xef\xbb\xbfa: 1\n").value == {"a": 1}


@pytest.mark.parametrize(
    ("content", "name", "code", "line"),
    [
        (b"", "a.yaml", "empty", None),
        (b" \n\n", "a.yaml", "empty", None),
        (b"a: 1\nb\x00c", "a.yaml", "binary", 2),
        ("naïve: 1\n".encode("latin-1"), "a.yaml", "encoding", 1),
        ("a: 1\n".encode("utf-16"), "a.yaml", "encoding", 1),
        (b"a: 1\nb: 2\na: 3\n", "a.yaml", "duplicate-key", 3),
        (b'{"a": 1,\n"a": 2}', "a.json", "duplicate-key", 2),
        (b'{"a": 1,\n}', "a.json", "syntax", 2),
        (b"a: 1\n b: 2\n", "a.yaml", "syntax", 2),
        (b"a: [1, 2\n", "a.yaml", "syntax", 2),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(
    content: bytes, name: str, code: str, line: int | None
) -> None:
    with pytest.raises(Unreadable) as raised:
        parse(content, name)
    assert (raised.value.code, raised.value.line, raised.value.source) == (code, line, name)
    assert raised.value.advice


def test_tolerant_reading_keeps_what_could_be_read() -> None:
    document = parse(b"a: 1\na: 2\n", tolerant=True)
    assert document.value == {"a": 2}
    assert [(d.code, d.range, d.path) for d in document.diagnostics] == [
        ("duplicate-key", at(1, 0, 1, 1), ("a",))
    ]


def test_limits_have_codes_and_advice() -> None:
    for content, limits, code in [
        (b"a: 1\n", Limits(bytes=3), "too-large"),
        (b"a: [[[1]]]\n", Limits(depth=2), "too-deep"),
        (b"a: [1, 2, 3]\n", Limits(nodes=3), "too-many-nodes"),
        (b"[[[[1]]]]", Limits(depth=2), "too-deep"),
        (b"[1, 2, 3]", Limits(nodes=3), "too-many-nodes"),
    ]:
        with pytest.raises(LimitExceeded) as raised:
            parse(content, limits=limits)
        assert raised.value.code == code
        assert raised.value.advice


def test_nodes_of_the_whole_tree_know_their_children() -> None:
    document = parse(b"a:\n  - b\n  - c: 1\n", "a.yaml")
    assert document.whole_tree is not None
    node, _ = document.whole_tree.nearest(("a",))
    assert len(node.items or ()) == 2
    assert document.whole_tree.range_of(node) == document.range(("a",))
