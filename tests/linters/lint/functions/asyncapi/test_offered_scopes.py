from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask

FLOWS = {
    "clientCredentials": {"availableScopes": {"orders.read": ""}},
    "implicit": {"availableScopes": {"all": ""}},
}


@pytest.mark.parametrize(
    ("scheme", "bad"),
    [
        ({"type": "oauth2", "flows": FLOWS, "scopes": ["orders.read", "all"]}, []),
        ({"type": "oauth2", "flows": FLOWS, "scopes": ["orders.raed", "all", 1]}, [("scopes", 0)]),
        ({"type": "oauth2", "flows": {"implicit": None}, "scopes": ["all"]}, [("scopes", 0)]),
        ({"type": "oauth2", "flows": FLOWS}, []),
        ({"type": "openIdConnect", "scopes": ["any"]}, []),
        ("x", []),
    ],
)
def test_scopes_are_those_of_the_flows(scheme: Any, bad: list[Any]) -> None:
    assert [problem.below for problem in ask("offeredScopes", scheme)] == bad


def test_a_slip_of_the_pen_is_corrected() -> None:
    (problem,) = ask("offeredScopes", {"type": "oauth2", "flows": FLOWS, "scopes": ["orders.raed"]})
    assert problem.message.endswith("Did you mean `orders.read`?")
