"""Values compare by what they hold."""

import dataclasses

import pytest

from contracts.elements.common import Origin, Schema, SecurityScheme, Server, Tag


def test_origins_are_keys() -> None:
    assert {Origin("a", ("b", 0)): 1}[Origin("a", ("b", 0))] == 1


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Origin("a", ()).source = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Schema({}, Origin("a", ()), "asyncapi").dialect = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        Tag("a", "", Origin("", ()), {}).name = "b"  # type: ignore[misc]


def test_no_value_carries_a_dictionary() -> None:
    assert not hasattr(Server("/"), "__dict__")
    assert "name" in SecurityScheme.__slots__
