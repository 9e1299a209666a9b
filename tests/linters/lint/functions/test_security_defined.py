from __future__ import annotations

from typing import Any

import pytest

from contracts.references import from_files
from linters.lint.function import Context, Problem
from linters.lint.functions.security_defined import FUNCTION

OAUTH = {
    "type": "oauth2",
    "flows": {
        "clientCredentials": {"scopes": {"orders.read": "Read"}},
        "authorizationCode": {"scopes": {"orders.write": "Write"}},
    },
}
ROOT = {"components": {"securitySchemes": {"systems": OAUTH, "token": {"type": "http", "scheme": "bearer"}}}}
SWAGGER = {"securityDefinitions": {"people": {"type": "oauth2", "scopes": {"orders.read": "Read"}}}}


def problems(requirement: Any, what: str, root: Any = ROOT) -> list[Problem]:
    context = Context(("security", 0), root, from_files({"a.yaml": b"a: 1"}, "a.yaml"), frozenset())
    return list(FUNCTION.prepare({"check": what})(requirement, context) or ())


def test_an_unknown_scheme_is_found_and_the_close_one_named() -> None:
    (problem,) = problems({"system": [], "token": []}, "schemes")
    assert problem.below == ("system",)
    assert problem.message == "The security scheme `system` is not defined. Did you mean `systems`?"


def test_without_a_close_one_all_are_named() -> None:
    (problem,) = problems({"x": []}, "schemes")
    assert "There are `systems`, `token`; define it" in problem.message
    (problem,) = problems({"x": []}, "schemes", {})
    assert problem.message == "The security scheme `x` is not defined. None is; define it."


def test_a_scope_may_come_from_any_flow() -> None:
    assert problems({"systems": ["orders.read", "orders.write"]}, "scopes") == []
    (problem,) = problems({"systems": ["orders.read", "orders.reed"]}, "scopes")
    assert problem.below == ("systems", 1)
    assert "offers no scope `orders.reed`. Did you mean `orders.read`?" in problem.message


@pytest.mark.parametrize(
    "requirement", [{}, {"token": ["x"]}, {"unknown": ["x"]}, {"systems": "x"}, None, 3, []]
)
def test_what_has_no_scopes_is_left_alone(requirement: Any) -> None:
    assert problems(requirement, "scopes") == []


def test_swagger_has_its_schemes_elsewhere() -> None:
    assert problems({"people": ["orders.read"]}, "schemes", SWAGGER) == []
    assert len(problems({"people": ["orders.list"]}, "scopes", SWAGGER)) == 1


@pytest.mark.parametrize(
    "root",
    [
        None,
        [],
        {"components": None},
        {"components": {"securitySchemes": []}},
        {"components": {"securitySchemes": {"systems": {"type": "oauth2", "flows": {"x": None}}}}},
    ],
)
def test_odd_documents_are_no_crash(root: Any) -> None:
    assert len(problems({"systems": ["a"]}, "schemes", root)) <= 1
    assert len(problems({"systems": ["a"]}, "scopes", root)) <= 1
