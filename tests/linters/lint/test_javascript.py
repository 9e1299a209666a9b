from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint import javascript as js
from linters.lint.javascript import UNDEFINED

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(UNDEFINED),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=3), children, max_size=3)
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("value", [UNDEFINED, None, False, 0, 0.0, -0.0, "", math.nan])
def test_false_values(value: Any) -> None:
    assert not js.truthy(value)


@pytest.mark.parametrize("value", [True, 1, -1, "0", "false", [], {}, math.inf])
def test_true_values(value: Any) -> None:
    assert js.truthy(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"), (UNDEFINED, "undefined"), (True, "true"), ([1, None, [2, "x"]], "1,,2,x"), ({"a": 1}, "[object Object]"),
        (1.0, "1"), (-0.0, "0"), (1.5, "1.5"), (1e21, "1e+21"), (123456789012345680000, "123456789012345680000"),
        (1e-7, "1e-7"), (0.000001, "0.000001"), (1.25e-9, "1.25e-9"), (math.inf, "Infinity"), (math.nan, "NaN"), (0.1, "0.1"),
    ],
)  # fmt: skip
def test_text_is_what_string_gives(value: Any, text: str) -> None:
    assert js.to_string(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("", 0),
        ("  12 ", 12),
        ("0x1f", 31),
        ("1e3", 1000),
        (True, 1),
        (None, 0),
        ([], 0),
        (["7"], 7),
        ("-Infinity", -math.inf),
    ],
)
def test_numbers(value: Any, number: float) -> None:
    assert js.to_number(value) == number


@pytest.mark.parametrize("value", ["1_0", "nan", "inf", "infinity", "12px", {}, [1, 2], UNDEFINED])
def test_what_is_no_number(value: Any) -> None:
    assert math.isnan(js.to_number(value))


def test_strict_equality_tells_types_apart() -> None:
    assert js.strict_equal(1, 1.0)
    assert not js.strict_equal(1, True)
    assert not js.strict_equal(None, UNDEFINED)
    assert not js.strict_equal([], [])


def test_loose_equality_converts() -> None:
    assert js.loose_equal(None, UNDEFINED)
    assert js.loose_equal("1", 1)
    assert js.loose_equal(True, "1")
    assert js.loose_equal([1, 2], "1,2")
    assert not js.loose_equal(None, 0)
    assert not js.loose_equal("a", math.nan)


def test_order_is_by_code_units_or_by_number() -> None:
    assert js.less("10", "9")
    assert js.less(9, "10")
    assert js.less("\U0001f600", "\uffff")  # surrogates sort before the end of the plane
    assert not js.less_or_equal(UNDEFINED, 1)
    assert not js.less(1, UNDEFINED)


def test_arithmetic() -> None:
    assert js.add(1, "x") == "1x"
    assert js.add(1, None) == 1
    assert js.remainder(-5, 3) == -2
    assert math.isnan(js.remainder(1, 0))
    assert js.divide(1, 0) == math.inf
    assert math.isnan(js.divide(0, 0))


def test_length_counts_utf16_units() -> None:
    assert js.utf16_length("aé😀") == 4


@given(VALUES, VALUES)
def test_nothing_raises_and_equality_is_symmetric(left: Any, right: Any) -> None:
    assert js.loose_equal(left, right) == js.loose_equal(right, left)
    assert js.strict_equal(left, right) == js.strict_equal(right, left)
    assert isinstance(js.to_string(left), str)
    assert not (js.less(left, right) and js.less(right, left))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_reads_back_as_itself(number: float) -> None:
    assert float(js.to_string(number)) == number
