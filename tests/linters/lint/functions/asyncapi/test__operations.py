from __future__ import annotations

from typing import Any

import pytest

from linters.lint.functions.asyncapi._operations import messages, operations, repeated

DOCUMENT: dict[str, Any] = {
    "channels": {
        "a": {"publish": {"message": {"name": "one"}}, "subscribe": {}},
        "b": {"publish": {"message": {"oneOf": [{"name": "two"}, "three"]}}, "x-publish": {}},
        "c": None,
    }
}


def test_operations_are_found_in_their_channels() -> None:
    assert [path[1:] for path, _ in operations(DOCUMENT)] == [
        ("a", "subscribe"),
        ("a", "publish"),
        ("b", "publish"),
    ]


def test_messages_are_found_alone_and_in_choices() -> None:
    assert [(path[1:], message["name"]) for path, message in messages(DOCUMENT)] == [
        (("a", "publish", "message"), "one"),
        (("b", "publish", "message", "oneOf", 0), "two"),
    ]


@pytest.mark.parametrize("root", [None, [], {}, {"channels": []}, {"channels": {"a": {"publish": []}}}])
def test_a_document_without_any_has_none(root: Any) -> None:
    assert list(operations(root)) == []


def test_the_last_trait_says_what_an_operation_goes_by() -> None:
    parts: Any = [
        (("a",), {"id": "x"}),
        (("b",), {"id": "y", "traits": [{"id": "z"}, {"id": "x"}, {}]}),
        (("c",), {"id": 1}),
        (("d",), {"traits": None, "id": "y"}),
    ]
    (problem,) = repeated(parts, "id")
    assert problem.below == ("b", "traits", 1, "id")
    assert problem.message == "The id `x` is already that of #/a. Rename one of them."
