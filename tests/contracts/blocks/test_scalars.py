from __future__ import annotations

import pytest

from contracts.blocks.scalars import Unusual, flow, scan, value_at
from contracts.limits import DEFAULT


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("x y # note\n", "x y", ""),
        ("12\n", 12, ""),
        ("x\n   y\nz: 1\n", "x y", "z: 1\n"),
        ("x\n\n   y\n", "x\ny", ""),
        ("'it''s'\n", "it's", ""),
        ('"a\\tb\n   c"\n', "a\tb c", ""),
        ("[a, {b: 1}] # note\n", ["a", {"b": 1}], ""),
        ("[a,\n'b]'\n]\n", ["a", "b]"], ""),
        ("|\n   x\n    y\n\nz\n", "x\n y\n", "z\n"),
        ("|2-\n     x\n", " x", ""),
        (">\n   x\n   y\n\n   z\n", "x y\nz\n", ""),
        (">+\n   x\n\n", "x\n\n", ""),
    ],
)
def test_a_scalar_ends_where_it_ends(text: str, value: object, rest: str) -> None:
    found, _, line = scan(text, 0, 2, DEFAULT)
    assert (found, text[line:]) == (value, rest)


@pytest.mark.parametrize("text", ["'a\n", "[a\n", "|x\n", "|\nx\n", '"a" b\n', "|9\n   x\n", '"\\q"\n'])
def test_what_is_broken_is_unusual(text: str) -> None:
    with pytest.raises(Unusual):
        scan(text, 0, 0, DEFAULT)


def test_a_flow_collection_is_one_and_no_more() -> None:
    assert flow("[1, 2]", DEFAULT).value == [1, 2]
    for token in ("[1]: 2", "[1] [2]", "[*a]", "x"):
        with pytest.raises(Unusual):
            flow(token, DEFAULT)


def test_values_stand_behind_keys_and_dashes() -> None:
    assert value_at("a b : c\n", 0, False) == (3, 6)
    assert value_at("- # note\n  c\n", 0, True) == (1, 11)
