from __future__ import annotations

from typing import Any

import pytest

from contracts.pointers import Path
from tests.linters.lint.linting import ask


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, **more}


def test_shared_and_own_parameters_fill_the_template() -> None:
    item = {"parameters": [named("a")], "get": {"parameters": [named("b")]}, "x-get": {}}
    assert ask("oasPathParam", {"/{a}/{;b*}": item}) == []


@pytest.mark.parametrize(
    ("paths", "below"),
    [
        ({"/{a}": {"get": {}}}, ("/{a}", "get")),
        ({"/{a}": {"query": {}}}, ("/{a}", "query")),
        ({"/": {"get": {"parameters": [named("a")]}}}, ("/", "get", "parameters", 0)),
        ({"/": {"parameters": [named("a")], "get": {}}}, ("/", "parameters", 0)),
        ({"/{a}": {"get": {"parameters": [named("a"), named("a")]}}}, ("/{a}", "get", "parameters", 1)),
        ({"/{a}": {"get": {"parameters": [named("a", required=False)]}}}, ("/{a}", "get", "parameters", 0)),
        ({"/{a}/{a}": {"parameters": [named("a")]}}, ("/{a}/{a}",)),
        ({"/{a}": {}, "/{b}": {}}, ("/{b}",)),
    ],
)
def test_each_way_in_which_they_disagree(paths: Any, below: Path) -> None:
    assert [problem.below for problem in ask("oasPathParam", paths)] == [below]


@pytest.mark.parametrize(
    "paths", [None, [], {"/a": None}, {"/a": {"parameters": [None, {"in": "path"}], "get": None}}]
)
def test_odd_paths_are_passed_over(paths: Any) -> None:
    assert ask("oasPathParam", paths) == []
