from __future__ import annotations

from typing import Any

from tests.linters.lint.linting import ask


def root(defined: Any, *used: Any) -> dict[str, Any]:
    return {
        "tags": defined,
        "paths": {"/a": {"get": {"tags": list(used)}}, "/b": {"get": {"tags": list(used)}}},
    }


def test_a_tag_that_nobody_defined_is_told_once_with_its_neighbour() -> None:
    [problem] = ask("tagDefined", root([{"name": "orders"}], "order", "orders"))
    assert problem.message == "The tag `order` is not defined under `tags`. Did you mean `orders`?"
    assert problem.at == ("paths", "/a", "get", "tags", 0)


def test_a_tag_that_is_like_no_other_is_to_be_defined() -> None:
    [problem] = ask("tagDefined", root([], "billing"))
    assert problem.message.endswith("Define it, with a description.")


def test_a_document_without_tags_says_nothing_about_them() -> None:
    assert ask("tagDefined", {"paths": {"/a": {"get": {"tags": ["orders"]}}}}) == []


def test_rubbish_is_left_alone() -> None:
    assert ask("tagDefined", root([None, {"name": 3}, {"name": "a"}], 7, "a")) == []
    assert ask("tagDefined", []) == []
