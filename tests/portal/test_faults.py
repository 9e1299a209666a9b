"""What went wrong, as a page."""

from __future__ import annotations

import re

from contracts.errors import Unreadable
from portal import faults
from registry.domain import errors


def test_every_kind_of_refusal_has_its_status() -> None:
    kinds = {each.kind for each in errors.DomainError.__subclasses__()}
    assert kinds == set(faults.STATUSES)
    assert faults.status_of(errors.NotFound("x", "y")) == 404
    assert faults.status_of(Unreadable("x", "y")) == 422


def test_references_can_be_told_apart() -> None:
    several = {faults.reference() for _ in range(50)}
    assert len(several) == 50
    assert all(re.fullmatch(r"[0-9a-f]{8}", each) for each in several)
