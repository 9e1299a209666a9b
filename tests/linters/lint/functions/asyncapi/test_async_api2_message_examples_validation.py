from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

NUMBER = {"type": "number"}
OBJECT = {"type": "object", "properties": {"a": NUMBER}}


@pytest.mark.parametrize(
    ("message", "bad"),
    [
        ({"payload": NUMBER, "examples": [{"payload": 1}, {"payload": "x"}]}, [(1, "payload")]),
        ({"headers": OBJECT, "examples": [{"headers": {"a": "x"}}]}, [(0, "headers", "a")]),
        ({"examples": [{"payload": "x", "headers": 1}]}, []),
        ({"payload": NUMBER, "examples": [{"headers": 1}]}, []),
        (
            {"payload": NUMBER, "traits": [{"payload": {"type": "string"}}], "examples": [{"payload": 1}]},
            [(0, "payload")],
        ),
        ({"payload": NUMBER, "traits": [{"examples": [{"payload": "x"}]}]}, [(0, "payload")]),
        ({"payload": False, "examples": [{"payload": 1}]}, [(0, "payload")]),
        ({"payload": True, "examples": [{"payload": 1}]}, []),
        ({"payload": NUMBER, "examples": ["x"]}, []),
        ({"payload": NUMBER, "examples": {}}, []),
        ({"name": 1, "payload": NUMBER, "examples": [{"payload": "x"}]}, []),
        ("message", []),
    ],
)
def test_examples_fit_payload_and_headers(message: Any, bad: list[Any]) -> None:
    found = ask("asyncApi2MessageExamplesValidation", message)
    assert [problem.below for problem in found] == [("examples", *rest) for rest in bad]
