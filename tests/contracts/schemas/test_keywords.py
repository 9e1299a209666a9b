"""Keywords take only the values that they can have."""

from typing import Any

import jsonschema_rs
import pytest

from contracts.schemas.keywords import DROPPED, IN_PLACE, KNOWN, LIST, MAP, ONE, PLAIN, is_pattern


@pytest.mark.parametrize(
    ("keyword", "good", "bad"),
    [
        ("type", ["string", ["string", "null"]], ["any", [], ["string", "string"], 3, None, ["x"], [{}]]),
        ("enum", [[1, "a"], []], ["a", {"a": 1}]),
        ("multipleOf", [1, 0.1], [0, -1, "1", True]),
        ("minimum", [0, -1.5], ["0", None, True]),
        ("maxLength", [0, 3, 3.0], [-1, 1.5, "3", True]),
        ("pattern", ["^a", "(?=a)b", ""], ["(", "*", 3]),
        ("uniqueItems", [True, False], ["true", 1]),
        ("required", [[], ["a"]], [True, "a", [1]]),
        ("dependentRequired", [{"a": ["b"]}], [{"a": "b"}, []]),
        ("format", ["date"], [3]),
    ],
)
def test_values(keyword: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert PLAIN[keyword](value), value
        jsonschema_rs.Draft202012Validator({keyword: value})
    for value in bad:
        assert not PLAIN[keyword](value), value


def test_every_known_keyword_is_handled_in_one_way() -> None:
    handled = [*PLAIN, *ONE, *LIST, *MAP, "dependencies", "additionalItems"]
    assert len(handled) == len(set(handled))
    for dialect, known in KNOWN.items():
        assert known <= set(handled), dialect
        assert not known & DROPPED, dialect
    assert IN_PLACE <= ONE | LIST | MAP


def test_patterns_that_cannot_run_are_told_apart() -> None:
    assert is_pattern(r"^\p{L}+$")
    assert not is_pattern(r"\g<name>")
