from __future__ import annotations

import dataclasses

import pytest

from contracts.limits import DEFAULT


def test_every_limit_is_a_positive_number_and_cannot_be_changed_in_place() -> None:
    assert all(value > 0 for value in dataclasses.asdict(DEFAULT).values())
    with pytest.raises(dataclasses.FrozenInstanceError):
        DEFAULT.depth = 1  # type: ignore[misc]
