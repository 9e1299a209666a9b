from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("criterion", "bad"),
    [
        ({"condition": "$statusCode == 200"}, []),
        ({"condition": "$statusCode == 200", "type": "simple"}, []),
        ({"condition": "$statusCode is 200"}, ["condition"]),
        ({"type": "regex"}, ["condition"]),
        ({"condition": "^{$inputs.x}$", "type": "regex", "context": "$url"}, []),
        ({"condition": "^(", "type": "regex", "context": "$url"}, ["condition"]),
        ({"condition": "^2", "type": "regex"}, ["context"]),
        ({"condition": "$[?(@.a == ')')]", "type": "jsonpath", "context": "$url"}, []),
        ({"condition": "$[?(@.a == 'x)]", "type": "jsonpath", "context": "$url"}, ["condition"]),
        ({"condition": "a.b", "type": {"type": "jsonpath"}, "context": "$url"}, ["condition"]),
        ({"condition": "/a[b)]", "type": "xpath", "context": "$url"}, ["condition"]),
        ({"condition": "whatever (", "type": "own", "context": "$url"}, []),
        ("x", []),
    ],
)
def test_a_criterion_can_be_evaluated(criterion: Any, bad: list[str]) -> None:
    assert [problem.below for problem in ask("arazzoCriteria", criterion)] == [(name,) for name in bad]
