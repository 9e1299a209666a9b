from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.arazzo import _outputs


def test_names_and_values_are_judged() -> None:
    holder = {"outputs": {"order id": "$url", "id": "url", "ok": "$statusCode"}}
    found = list(_outputs.flaws(holder, ("workflows", 0), {}, 0))
    assert [problem.at[3] for problem in found if problem.at] == ["order id", "id"]
    assert list(_outputs.flaws({}, (), {}, 0)) == []


@pytest.mark.parametrize(
    ("outputs", "good"), [({"a": "$url"}, True), ({}, True), ({"a": {}}, False), ([], False), (None, False)]
)
def test_other_than_texts_are_not_judged(outputs: Any, good: bool) -> None:
    assert _outputs.are_texts([((), {}), ((), {"outputs": outputs})]) is good
