from __future__ import annotations

import pytest

from linters.lint.functions.arazzo import _conditions


@pytest.mark.parametrize(
    "condition",
    [
        "$statusCode == 200",
        "$statusCode >= 200 && $statusCode < 300 || !false",
        "!!($response.body#/state == 'it''s gone')",
        "null != -1.5e3",
        "$response.body#/ok",
        "((true))",
    ],
)
def test_conditions_that_can_be_read(condition: str) -> None:
    _conditions.check(condition)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("", "a value is missing at the end"),
        ("$statusCode ==", "a value is missing at the end"),
        ("== 200", "a value is missing before `==`"),
        ("$statusCode 200", "an operator is missing before `200`"),
        ("$statusCode = 200", "`= 200` cannot be read"),
        ("(true", "a parenthesis is not closed"),
        ("true)", "an operator is missing before `)`"),
        ("1 == 2 == 3", "an operator is missing before `==`"),
        ('$url == "x"', '`"x"` cannot be read; text stands in single quotes'),
        ("$url == open", "`open` cannot be read; text stands in single quotes"),
        ("(" * 60 + "1" + ")" * 60, "it is nested deeper than 50 levels"),
    ],
)
def test_conditions_that_cannot(condition: str, reason: str) -> None:
    with pytest.raises(_conditions.Malformed) as caught:
        _conditions.check(condition)
    assert str(caught.value) == reason


def test_expressions_are_found_as_far_as_it_can_be_read() -> None:
    assert list(_conditions.expressions("$url == 1 && $a.b != = $c")) == ["$url", "$a.b"]
