from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.acceptors.nodes import Numbers, Strings
from gateway.acceptors.patterns import Inexpressible
from gateway.acceptors.scalars import capped, literals_of, numbers_of, signed, within, written

from .judging import machine_of


@pytest.mark.parametrize("size", range(1, 20))
def test_names_of_every_length_are_told_from_their_neighbours(size: int) -> None:
    name = "abcdefghijklmnopqrst"[:size]
    machine = machine_of(
        {"type": "object", "properties": {name: {"type": "integer"}}, "additionalProperties": False}
    )
    assert machine.judge(b'{"%s":1}' % name.encode())
    for other in (
        name[:-1],
        name + "x",
        name[:-1] + "X",
        "X" + name[1:],
        name[: size // 2] + "X" + name[size // 2 + 1 :],
    ):
        assert not machine.judge(b'{"%s":1}' % other.encode())


@given(st.text(max_size=8))
def test_strings_are_written_as_senders_write_them_or_not_at_all(text: str) -> None:
    held = written(text)
    if held is not None:
        assert machine_of({"const": text}).judge(b'"' + held)
    else:
        assert any(character < " " or character in '"\\' for character in text)


@pytest.mark.parametrize("bound", [-2.5, 0, 0.1, 7.25, 10**15])
def test_bounds_are_kept_to_the_last_digit(bound: float) -> None:
    machine = machine_of({"type": "number", "minimum": bound, "exclusiveMaximum": bound + 1})
    digits = f"{bound:f}".rstrip("0").rstrip(".")
    assert machine.judge(digits.encode()) is (len(digits.strip("-").replace(".", "")) <= 15)
    assert not machine.judge(f"{bound + 1:f}".encode())
    assert not machine.judge(f"{bound - 0.000001:f}".encode())


def test_counts_are_bounded_on_both_sides_or_not_at_all() -> None:
    assert list(within("$n", 0, None)) == []
    assert len(list(within("$n", 1, 9))) == 2
    assert capped(10**30) < 2**31
    assert signed(1 << 63) == -(1 << 63)


def test_long_enumerations_are_given_up() -> None:
    with pytest.raises(Inexpressible):
        list(literals_of(Strings(literals=frozenset(map(str, range(600))))))
    with pytest.raises(Inexpressible):
        list(numbers_of(Numbers(literals=frozenset(range(600)))))
