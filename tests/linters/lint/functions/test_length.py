from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ("ab", 1),
        ("abc", 0),
        ("abcde", 0),
        ("abcdef", 1),
        ("😀a", 0),
        ([1, 2, 3], 0),
        ([], 1),
        ({"a": 1}, 1),
        (4, 0),
        (7.5, 1),
        (True, 0),
        (None, 0),
    ],
)
def test_texts_lists_mappings_and_numbers_have_a_size(value: Any, problems: int) -> None:
    assert len(ask("length", value, {"min": 3, "max": 5})) == problems


def test_the_message_says_how_much_there_is_and_should_be() -> None:
    (problem,) = ask("length", "ab", {"min": 3})
    assert problem.message == '"x" property has 2 characters; at least 3 are needed.'
