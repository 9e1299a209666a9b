from __future__ import annotations

from typing import Any

import pytest

from contracts.model import Server
from linters.diff.transitions import Transition
from linters.diff.walk import servers


def found(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    sides = [(Server(**{"url": "kafka://{region}", **one}),) for one in (old, new)]
    return [(one.element, one.action) for one in servers.walk(*sides) if isinstance(one, Transition)]


def region(**variable: Any) -> dict[str, Any]:
    return {"variables": {"region": variable}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {}, []),
        ({}, {"url": "kafka://b"}, [("server", "removed"), ("server", "added")]),
        ({}, {"raw": {"protocolVersion": "3"}}, [("server", "protocol-version-changed")]),
        (region(default="eu"), region(default="us"), [("server-variable", "default-changed")]),
        (region(enum=["eu", "us"]), region(enum=["eu"]), [("server-variable", "value-removed")]),
        (region(enum=["eu"]), region(enum=["eu", "us"]), [("server-variable", "value-added")]),
        (region(), region(enum=["eu"]), [("server-variable", "limited")]),
        (region(enum=["eu"]), region(), [("server-variable", "freed")]),
        ({}, {"security": ({"scram": ()},)}, [("server-security", "demanded")]),
        ({}, {"bindings": {"pulsar": {"tenant": "a"}}}, [("bindings", "stated")]),
        ({}, {"raw": {"x-team": 1}}, [("extension", "added")]),
    ],
)
def test_one_transition(old: dict[str, Any], new: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert found(old, new) == expected
