from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("document", "bad"),
    [
        ({"sourceDescriptions": [{"name": "a"}, {"name": "a"}]}, "sourceDescriptions/1/name"),
        ({"workflows": [{"workflowId": "a"}, {"workflowId": "a"}]}, "workflows/1/workflowId"),
        ({"workflows": [{"steps": [{"stepId": "a"}, {"stepId": "a"}]}]}, "workflows/0/steps/1/stepId"),
        (
            {"workflows": [{"failureActions": [{"name": "a"}, {"name": "a"}]}]},
            "workflows/0/failureActions/1/name",
        ),
        (
            {"workflows": [{"parameters": [{"name": "a", "in": "query"}, {"name": "a", "in": "query"}]}]},
            "workflows/0/parameters/1/name",
        ),
        ({"workflows": [{"parameters": [{"name": "a", "in": "query"}, {"name": "a"}]}]}, None),
        ({"workflows": [{"steps": [{"stepId": "a"}]}, {"steps": [{"stepId": "a"}]}]}, None),
        ({"workflows": [{"parameters": [{"reference": "x"}, {"reference": "x"}, {"name": []}, "x"]}]}, None),
        ({"workflows": [{"parameters": [{"name": "a", "in": {}}, {"name": "a", "in": {}}]}]}, None),
        (None, None),
    ],
)
def test_the_second_of_a_name_is_told_where_it_stands(document: Any, bad: str | None) -> None:
    found = ["/".join(map(str, problem.at or ())) for problem in ask("arazzoIds", document, path=())]
    assert found == ([] if bad is None else [bad])
