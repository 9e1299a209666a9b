from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.arazzo import _criteria


@pytest.mark.parametrize(
    ("criterion", "bad"),
    [
        ({"condition": "$statusCode == 200"}, []),
        ({"condition": " "}, ["condition"]),
        ({"context": "$response.body"}, ["condition"]),
        ({"condition": "$.a", "type": "jsonpath"}, ["context"]),
        ({"condition": "$.a", "type": "jsonpath", "context": "$response.body"}, []),
        ({"condition": "$.a", "context": "response"}, ["context"]),
        ({"condition": "(", "type": "regex", "context": "$url"}, ["condition"]),
        ({"condition": "(?<year>\\d+)", "type": "regex", "context": "$url"}, []),
        ({"condition": "/a", "type": {"type": "xpath"}, "context": "$url"}, ["type"]),
        ({"condition": "/a", "type": {"type": "xpath", "version": "xpath-10"}, "context": "$url"}, []),
        ({"condition": 1, "type": "regex", "context": "$url"}, ["condition"]),
        ("x", []),
    ],
)
def test_a_criterion_can_be_evaluated(criterion: Any, bad: list[str]) -> None:
    found = _criteria.flaws(criterion, ("here", 0), {})
    assert [problem.at for problem in found] == [("here", 0, name) for name in bad]
