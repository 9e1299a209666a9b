from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("body", "bad"),
    [
        ({"contentType": "application/json", "payload": {"a": 1}}, []),
        ({"contentType": "json"}, [("contentType",)]),
        ({"payload": "$inputs.order"}, []),
        ({"payload": "$inputs.other"}, [("payload",)]),
        ({"payload": "other"}, []),
        ({"replacements": [{"target": "/a", "value": "$inputs.order"}, "x"]}, []),
        (
            {"replacements": [{"value": "$steps.none.outputs.a"}]},
            [("replacements", 0, "target"), ("replacements", 0, "value")],
        ),
        ("x", []),
    ],
)
def test_a_body_can_be_made(body: Any, bad: list[tuple[Any, ...]]) -> None:
    workflow = {"inputs": {"properties": {"order": {}}}, "steps": [{"requestBody": body}]}
    found = ask("arazzoStepRequestBodyValidation", {"workflows": [workflow]}, path=())
    assert [problem.at for problem in found] == [
        ("workflows", 0, "steps", 0, "requestBody", *rest) for rest in bad
    ]
