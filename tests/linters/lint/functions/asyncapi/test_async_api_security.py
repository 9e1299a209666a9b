from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

ROOT = {
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey"},
            "oauth": {
                "type": "oauth2",
                "flows": {"implicit": {"scopes": {"read": ""}}, "x-own": {"scopes": {"write": ""}}},
            },
        }
    }
}


@pytest.mark.parametrize(
    ("requirement", "bad"),
    [
        ({"key": []}, []),
        ({"key": ["anything"]}, []),
        ({"oauth": ["read"]}, []),
        ({"oauth": ["read", "write"]}, [("oauth", 1)]),
        ({"kay": [], "oauth": ["x"]}, [("kay",), ("oauth", 0)]),
        ({"type": "userPassword"}, []),
        ("key", []),
    ],
)
def test_schemes_and_scopes_are_defined(requirement: Any, bad: list[Any]) -> None:
    found = ask("asyncApiSecurity", requirement, {"objectType": "Server"}, root=ROOT)
    assert [problem.below for problem in found] == bad


@pytest.mark.parametrize("root", [{}, {"components": None}, {"components": {"securitySchemes": []}}])
def test_where_nothing_is_defined_nothing_can_be_asked_for(root: Any) -> None:
    (problem,) = ask("asyncApiSecurity", {"key": []}, root=root)
    assert problem.message.startswith("The operation asks for `key`")
