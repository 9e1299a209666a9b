from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contracts.blocks import Unusual, read
from contracts.limits import DEFAULT, Limits

from .both import agree

_PIECES = [
    *("a: ", "b:", "- ", "-", "  ", " ", "\n", "\n  ", "\n    ", "\nc: ", "\n- ", "\n  - ", "\n  d: "),
    *(
        "x",
        "word two",
        "true",
        "null",
        "~",
        "-1",
        "1.5",
        "0o7",
        "+",
        ".inf",
        "200: ",
        "a:b",
        "a#b",
        "é",
        "😀",
    ),
    *("'q'", "'it''s'", '"q"', '"q\\n"', "'", '"', "[a, 'b']", "{a: 1}", "[]", "{", "]", "[a,\n  b]"),
    *("# note", " # note", ": ", ":", "#", "|\n", ">\n", ">-\n", "|+\n", "|2\n", "|-\n     x\n    y\n", "\t"),
    *("&a ", "*a", "!t ", "? ", "%", "---\n", "\n...\n", "<<: ", "\r\n", "\u00a0", "\u2028", ", ", "@", "`"),
]
"""What YAML is made of; most ways to put them together are no YAML, or unusual."""

_LINES = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(["", "  ", "    ", "   ", " "]),
    st.sampled_from(["", "", "- ", "-", "- - "]),
    st.sampled_from(["", "a: ", "b:", "'c' : ", '"d": ', "200: ", "e :", "-f: ", "true: "]),
    st.sampled_from(
        ["", "x", "x y ", "12", "null", "'q'", "'a ''b", '"q', '"', "|", ">-", "|+", "[1,", "{}", "]"]
    ),
    st.sampled_from(["", "", "", " ", " # note", "#", ":"]),
)
"""What looks like block style."""

_AT_EASE = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
"""Says nothing of a machine that is busy with other things."""

_TEXT = st.text(alphabet="ab :#-'\"\n[]{}|>&*!%@`é😀\t.0~", max_size=12)
_SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEXT)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=12,
)


@_AT_EASE
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
@example("a: x\n  goes on\n\n  here\nb: y\n")
@example("a:\n- x\n- y:\n    z\n- - 1\n  - 2\nb: 'two\n\n  lines'\n")
@example("a: |\n\n  x\n   y\n \nb: >\n  x\n  y\n\n  z\n   w\n  v\n")
@example("a: >-\n  x  \n\n\nb:\nc: # note\n  - \n  -\n  - # note\n    x: 1\n")
@example("- a: [x, {y: 'z]'}]\n  b: {}\n- []\n")
@example("200: x\na: {true: 1}\ntrue:\n- {}\n")
@example("a: |\n  x")
def test_any_text_is_read_as_libyaml_reads_it_or_not_at_all(text: str) -> None:
    agree(text)


@_AT_EASE
@given(st.lists(_LINES, max_size=9).map("\n".join))
def test_any_lines_are_read_as_libyaml_reads_them_or_not_at_all(text: str) -> None:
    agree(text)
    agree(text + "\n")


@_AT_EASE
@given(
    _VALUES.filter(lambda value: isinstance(value, dict | list)),
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.booleans(),
    st.integers(20, 90),
    st.integers(2, 6),
)
def test_what_a_tool_writes_is_read_as_libyaml_reads_it(
    value: object, style: str | None, flow: bool, width: int, indent: int
) -> None:
    text = yaml.dump(
        value,
        default_style=style,
        default_flow_style=flow,
        width=width,
        indent=indent,
        allow_unicode=True,
        sort_keys=False,
    )
    agree(text)


def test_the_usual_is_read(corpus: Path) -> None:
    contents = [path.read_bytes() for path in sorted(corpus.rglob("*.y*ml"))]
    texts = [content.decode("utf-8-sig") for content in contents if len(content) < 30_000]
    assert sum(agree(text, DEFAULT) for text in texts) > 0.9 * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a: 1\na: 2\n",
            "a: &x 1\n",
            "a: *x\n",
            "a: !t x\n",
            "<<: {}\n",
            "? a\n: b\n",
            "a: 1\r\n",
            "a:\tx\n",
        ),
        *("a: 1\n---\nb: 2\n", "a: [\n", "a: 'x\n", "a: b: c\n", "a\n", "a: 1\n b: 2\n", "- a\nb: 1\n"),
        *("a: \x07\n", f"{'k' * 1_100}: 1\n"),
    ],
)
def test_what_deserves_a_notice_or_is_rare_is_left_to_libyaml(text: str) -> None:
    with pytest.raises(Unusual):
        read(text, DEFAULT)


def test_limits_are_left_to_libyaml() -> None:
    for text in ("a:\n  b:\n    c: 1\n", "a: {b: {c: 1}}\n", "- - - 1\n"):
        read(text, Limits(depth=3))
        with pytest.raises(Unusual):
            read(text, Limits(depth=2))
    with pytest.raises(Unusual):
        read("- 1\n" * 20, Limits(nodes=10))


def test_equal_keys_are_one_object() -> None:
    first, second = read("- {}\n- 'type': 1\n- 'type': 2\n", DEFAULT).value[1:]
    assert next(iter(first)) is next(iter(second))
