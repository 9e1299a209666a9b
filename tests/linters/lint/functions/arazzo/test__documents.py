from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.arazzo import _documents

ROOT = {
    "sourceDescriptions": [{"name": "orders", "type": "openapi"}, {"name": 1}, "x"],
    "workflows": [{"steps": [{"stepId": "a"}, None, {"stepId": "b"}]}, "x", {"steps": {}}],
}


def test_workflows_and_steps_are_found_with_their_paths() -> None:
    found = [
        (path, list(_documents.steps((path, workflow)))) for path, workflow in _documents.workflows(ROOT)
    ]
    assert [path for path, _ in found] == [("workflows", 0), ("workflows", 2)]
    assert [path for path, _ in found[0][1]] == [("workflows", 0, "steps", 0), ("workflows", 0, "steps", 2)]
    assert found[1][1] == []


@pytest.mark.parametrize("root", [None, [], {}, {"workflows": {}}])
def test_where_there_are_none_none_are_found(root: Any) -> None:
    assert list(_documents.workflows(root)) == []
    assert _documents.sources(root) == {}


def test_parts_are_looked_up_without_regard_to_what_is_there() -> None:
    assert _documents.named({"a": {"b": {"c": 1}}}, "a", "b") == {"c": 1}
    assert _documents.named({"a": []}, "a", "b") == {}
    assert _documents.listed({"a": {}}, "a") == []


def test_sources_go_by_their_names() -> None:
    assert list(_documents.sources(ROOT)) == ["orders"]
    assert _documents.source_name("$sourceDescriptions.orders.placeOrder") == "orders"
    assert _documents.source_name("$self") == ""
