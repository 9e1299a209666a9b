from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import places, run

FLOWS = {
    "clientCredentials": {"scopes": {"read": "Read"}},
    "authorizationCode": {"scopes": {"write": "Write"}},
}
SCHEMES = {"people": {"type": "oauth2", "flows": FLOWS}, "token": {"type": "http", "scheme": "bearer"}}


def rule(version: int) -> dict[str, Any]:
    then = {"function": "oasSecurityDefined", "functionOptions": {"oasVersion": version}}
    return {"r": {"given": "$.security[*]", "then": then}}


@pytest.mark.parametrize(
    ("requirement", "found"),
    [
        ({"people": ["read", "write"], "token": []}, []),
        ({}, []),
        ({"nobody": []}, ["r security/0/nobody"]),
        ({"people": ["read", "delete"]}, ["r security/0/people/1"]),
        ({"token": ["read"]}, ["r security/0/token/0"]),
        ({"people": "read"}, []),
        ("people", []),
    ],
)
def test_schemes_and_scopes_are_defined(requirement: Any, found: list[str]) -> None:
    document = {"components": {"securitySchemes": SCHEMES}, "security": [requirement]}
    assert places(run(rule(3), document)) == found


def test_swagger_has_its_schemes_and_scopes_elsewhere() -> None:
    definitions = {"people": {"type": "oauth2", "scopes": {"read": "Read"}}, "key": {"type": "apiKey"}}
    document = {"securityDefinitions": definitions, "security": [{"people": ["read", "write"]}, {"x": []}]}
    assert places(run(rule(2), document)) == ["r security/0/people/1", "r security/1/x"]


@pytest.mark.parametrize("components", [None, [], {"securitySchemes": []}, {"securitySchemes": {"a": None}}])
def test_odd_documents_define_nothing(components: Any) -> None:
    found = run(rule(3), {"components": components, "security": [{"a": ["read"]}]})
    assert len(found) == 1
