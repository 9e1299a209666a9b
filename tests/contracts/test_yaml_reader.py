from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contracts.limits import DEFAULT, Limits
from contracts.reading import TooMuch
from contracts.scalars import resolve
from contracts.yaml_reader import read

# PyYAML leaves `0E0` without quotes, which is text by YAML 1.1 and a number by 1.2.
texts = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Zl", "Zp"))
).filter(lambda text: isinstance(resolve(text), str))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


@given(values, st.booleans())
def test_reads_what_pyyaml_writes(value: object, flow: bool) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=flow)
    reading = read(text, DEFAULT, places=True)
    assert [notice for notice in reading.notices if notice.fatal] == []
    assert reading.value == value
    assert read(text, DEFAULT).value == value


@given(st.text(alphabet="ab:- \n\t{}[]&*!|>'\"#%@,?", max_size=40))
def test_any_text_gives_a_reading(text: str) -> None:
    reading = read(text, DEFAULT, places=True)
    assert all(0 <= notice.start <= len(text) for notice in reading.notices)


def codes(text: str) -> list[tuple[str, int]]:
    return [(notice.code, notice.start) for notice in read(text, DEFAULT).notices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", [("duplicate-key", 5)]),
        ("200: ok\n", [("non-string-key", 0)]),
        ("true: ok\n", [("non-string-key", 0)]),
        ("'200': ok\n", []),
        ("{a: b}: c\n", [("complex-key", 0)]),
        ("a: *b\n", [("alias", 3)]),
        ("a: &a [*a]\n", [("alias", 7)]),
        ("a: 1\n---\nb: 2\n", [("multiple-documents", 5)]),
        ("a: !x 1\n", [("unknown-tag", 3)]),
        ("a: !!str 1\n", []),
        ("a: b: c\n", [("syntax", 4)]),
    ],
)
def test_notices_and_their_places(text: str, expected: list[tuple[str, int]]) -> None:
    assert codes(text) == expected


def test_aliases_and_merge_keys() -> None:
    text = "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: {<<: [*x, {c: 4}]}\n"
    assert read(text, DEFAULT).value == {
        "x": {"a": 1, "b": 2},
        "y": {"b": 3, "a": 1},
        "z": {"a": 1, "b": 2, "c": 4},
    }


def test_an_alias_bomb_is_counted_as_it_expands() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12))
    with pytest.raises(TooMuch, match="nodes"):
        read(bomb, DEFAULT)


def test_depth_is_bounded() -> None:
    with pytest.raises(TooMuch, match="levels"):
        read("[" * 10_000, DEFAULT)
    with pytest.raises(TooMuch, match="levels"):
        read("\n".join("  " * n + "a:" for n in range(20)), Limits(depth=10))


def test_broken_text_gives_what_was_read_until_there() -> None:
    reading = read("a: 1\nb:\n  c: 2\n  d: [\n", DEFAULT)
    assert reading.value == {"a": 1, "b": {"c": 2, "d": []}}
    assert [notice.code for notice in reading.notices] == ["syntax"]


def test_keys_know_where_they_are_written() -> None:
    text = "paths:\n  /a:\n    get: {}\n"
    root = read(text, DEFAULT, places=True).root
    assert root is not None
    node = root.child("paths")
    assert node is not None
    operation = (node.child("/a") or node).child("get")
    assert operation is not None
    assert operation.key is not None
    assert text[slice(*operation.key)] == "get"
    assert text[operation.start : operation.end] == "{}"


def test_a_block_text_ends_before_the_blank_lines_behind_it_in_both_line_ends() -> None:
    for text in ("a: |\n  b\n\nc: 1\n", "a: |\r\n  b\r\n\r\nc: 1\r\n"):
        root = read(text, DEFAULT, places=True).root
        assert root is not None
        assert root.fields is not None
        node = root.fields["a"]
        assert text[node.start : node.end] == text[3 : text.index("b") + 1]
