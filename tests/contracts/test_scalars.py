from __future__ import annotations

import math

import pytest

from contracts.scalars import resolve


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "on",
        "yes",
        "12:30",
        "2026-01-31",
        "1_000",
        "0b1",
        "null_",
        "truely",
        "1.2.3",
        "-",
        "+",
        "1e",
        "0o8",
    ],
)
def test_text_that_yaml_1_1_would_change(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("NULL", None), ("True", True), ("FALSE", False),
        ("017", 17), ("-3", -3), ("0o17", 15), ("0x1F", 31), ("1e3", 1000.0), ("1.10", 1.1), (".5", 0.5), ("1.", 1.0),
        ("-.inf", -math.inf), ("+.INF", math.inf),
    ],
)  # fmt: skip
def test_the_core_schema(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


def test_not_a_number() -> None:
    assert math.isnan(resolve(".nan"))


def test_an_integer_too_long_to_convert_stays_text() -> None:
    assert resolve("9" * 5000) == "9" * 5000
