from __future__ import annotations

from typing import Any

import pytest

from lading.covering.grammar import Use
from lading.covering.mutations import another, extended, mutations


def actions(value: Any, type_: Any = "string", *, required: bool = False) -> list[str]:
    use = Use("It", "field", ("field",), type_, required)
    return [one.action for one in mutations({"field": value}, use)]


def test_a_field_comes_goes_and_changes() -> None:
    assert actions("a") == ["removed", "added", "changed"]
    assert actions("a", required=True) == ["changed"]
    assert actions({"a": {}}, "{Thing}") == ["removed", "added", "gained a member", "lost a member"]
    assert actions([{}], "[Thing]") == ["removed", "added"]


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        (True, "boolean", False),
        (1, "integer", 2),
        ("1.0.0", "string", "1.0.9"),
        ("send", "(send|receive)", "receive"),
        (["a", "b"], "[string]", ["a", "bx"]),
        (2, {"enum": [1, 2]}, 1),
    ],
)
def test_another_value(value: Any, type_: Any, expected: Any) -> None:
    assert another(value, type_) == expected


def test_documents_are_left_as_they_are() -> None:
    document: dict[str, Any] = {"a": {}}
    assert extended(document, ("a",)).revision == {"a": {"x-of-somebody": "something"}}
    assert document == {"a": {}}
