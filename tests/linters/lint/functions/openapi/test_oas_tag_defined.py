from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


def test_tags_of_operations_are_looked_for_among_those_of_the_document() -> None:
    document = {
        "tags": [{"name": "Orders"}, None, {"name": 3}],
        "paths": {"/orders": {"get": {"tags": ["Orders", "Sales"]}, "post": {"tags": "Orders"}}},
    }
    (problem,) = ask("oasTagDefined", document)
    assert problem.below == ("paths", "/orders", "get", "tags", 1)
    assert "Sales" in problem.message


@pytest.mark.parametrize("document", [None, {}, {"tags": "Orders", "paths": []}])
def test_odd_documents_are_passed_over(document: Any) -> None:
    assert ask("oasTagDefined", document) == []
