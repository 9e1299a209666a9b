from __future__ import annotations

from typing import Any

from tests.linters.lint.linting import ask

OPTIONS = {"names": ["limit", "pageSize", "size"]}


def root(*names: str, place: str = "query") -> dict[str, Any]:
    return {
        "paths": {
            f"/{index}": {"get": {"parameters": [{"name": name, "in": place}]}}
            for index, name in enumerate(names)
        }
    }


def test_the_name_that_most_use_is_the_right_one() -> None:
    [problem] = ask("oneName", root("limit", "pageSize", "limit", "status"), OPTIONS)
    assert problem.message == "GET /1 has `pageSize`, where 2 of 3 have `limit`."
    assert problem.at == ("paths", "/1", "get")


def test_one_name_is_none_too_many() -> None:
    assert ask("oneName", root("limit", "limit"), OPTIONS) == []


def test_headers_are_no_parameters_of_the_query() -> None:
    assert ask("oneName", root("limit", "size", place="header"), OPTIONS) == []


def test_what_is_no_parameter_is_left_alone() -> None:
    broken = {"paths": {"/a": {"get": {"parameters": [None, {"name": 3, "in": "query"}, {"in": "query"}]}}}}
    assert ask("oneName", broken, OPTIONS) == []
