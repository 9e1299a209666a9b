from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def told(message: Any, version: str = "3.0.0") -> list[Any]:
    root = {"asyncapi": version, "channels": {"c": {"messages": {"m": message}}}}
    found = ask("messageExamples", message, path=("channels", "c", "messages", "m"), root=root)
    return [problem.below for problem in found]


NUMBER = {"type": "number"}


@pytest.mark.parametrize(
    ("message", "bad"),
    [
        ({"payload": NUMBER, "examples": [{"payload": 1}, {"payload": "x"}]}, [("examples", 1, "payload")]),
        ({"headers": NUMBER, "examples": [{"headers": "x", "payload": "x"}]}, [("examples", 0, "headers")]),
        (
            {"payload": NUMBER, "traits": [{"examples": [{"payload": "x"}]}]},
            [("traits", 0, "examples", 0, "payload")],
        ),
        ({"payload": {"$ref": "#/nowhere"}, "examples": [{"payload": 1}]}, []),
        ({"payload": NUMBER, "examples": ["x", {}]}, []),
        ({"payload": NUMBER, "examples": {}}, []),
        ({"payload": NUMBER}, []),
        ("message", []),
    ],
)
def test_examples_fit(message: Any, bad: list[Any]) -> None:
    assert told(message) == bad


def test_whose_word_counts_follows_from_the_version() -> None:
    message = {"payload": NUMBER, "traits": [{"payload": {"type": "string"}}], "examples": [{"payload": 1}]}
    assert told(message) == []
    assert told(message, "2.6.0") == [("examples", 0, "payload")]


def test_of_many_flaws_some_are_told() -> None:
    message = {"payload": {"items": NUMBER}, "examples": [{"payload": ["x"] * 1_000}]}
    assert len(told(message)) == 20
