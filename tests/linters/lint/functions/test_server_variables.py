from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("server", "bad"),
    [
        ({"url": "https://a.test"}, []),
        ({"url": "https://{env}.a.test", "variables": {"env": {}}}, []),
        ({"url": "https://{env}.a.test/{env}"}, [("variables",)]),
        ({"url": "https://a.test", "variables": {"env": {}}}, [("variables", "env")]),
        ({"url": "https://{a}.{b}.test", "variables": {"c": {}}}, [("variables", "c"), ("variables",)]),
        (
            {"url": "https://{env}.a.test", "variables": {"env": {"enum": ["eu"], "default": "us"}}},
            [("variables", "env", "default")],
        ),
        ({"variables": {}}, [()]),
        ({"url": "x", "variables": {"env": {"values": []}}}, [()]),
        ("https://a.test", [()]),
    ],
)
def test_the_variables_are_those_of_the_address(server: Any, bad: list[Any]) -> None:
    assert [problem.below for problem in ask("serverVariables", server)] == bad


def test_missing_variables_are_named_once_each() -> None:
    (problem,) = ask("serverVariables", {"url": "https://{a}.{b}.{a}.test"})
    assert problem.message.endswith("`a`, `b`.")


def test_a_default_can_be_asked_for() -> None:
    server = {"url": "https://{env}.a.test/{x}", "variables": {"env": {}, "x": {"default": "1"}}}
    found = ask("serverVariables", server, {"requireDefault": True})
    assert [problem.below for problem in found] == [("variables", "env")]


@pytest.mark.parametrize(
    ("url", "variable", "wrong"),
    [
        ("https://a.test:{port}", {"enum": ["443", "80"]}, 0),
        ("https://a.test:{port}", {"enum": ["443", "https", "99999"]}, 2),
        ("{scheme}://a.test", {"default": "https"}, 0),
        ("{scheme}://a.test", {"enum": ["https", "1st"], "default": "https"}, 1),
        ("/v{major}", {"default": "1"}, 1),
        ("https://{host}/", {"default": "a b"}, 1),
        ("https://{host}/", {"default": ""}, 1),
        ("https://{host}/", {}, 0),
    ],
)
def test_what_comes_out_is_an_address(url: str, variable: dict[str, Any], wrong: int) -> None:
    name = url[url.index("{") + 1 : url.index("}")]
    server = {"url": url, "variables": {name: variable}}
    found = ask("serverVariables", server, {"checkSubstitutions": True})
    assert [problem.below for problem in found] == [("variables",)] * bool(wrong)
    if wrong:
        assert found[0].message.count("//") + found[0].message.count("/v") == wrong
    assert ask("serverVariables", server) == []


def test_of_many_wrong_ones_five_are_told() -> None:
    values = [f"port{number}" for number in range(50)]
    server = {"url": "https://a.test:{p}", "variables": {"p": {"enum": values}}}
    (problem,) = ask("serverVariables", server, {"checkSubstitutions": True})
    assert problem.message.count("https://") == 5
    assert "among others" in problem.message
