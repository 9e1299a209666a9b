from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("address", "channel", "bad"),
    [
        ("orders/{id}", {"parameters": {"id": {}}}, []),
        ("orders/{id}/{line}", {"parameters": {"id": {}}}, [("parameters",)]),
        ("orders/{id}", {"parameters": {"id": {}, "line": {}}}, [("parameters", "line")]),
        ("orders/{id}", {}, []),
        ("orders", {"parameters": {"id": {}}}, []),
        (
            "key",
            {"address": "orders/{id}", "parameters": {"order": {}}},
            [("parameters",), ("parameters", "order")],
        ),
        ("key/{id}", {"address": None, "parameters": {"id": {}}}, []),
        ("key/{id}", {"address": 1, "parameters": {}}, []),
        ("orders/{id}", None, []),
    ],
)
def test_the_parameters_are_those_of_the_address(address: str, channel: Any, bad: list[Any]) -> None:
    found = ask("asyncApiChannelParameters", channel, path=("channels", address))
    assert [problem.below for problem in found] == bad
