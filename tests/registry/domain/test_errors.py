from __future__ import annotations

from registry.domain.errors import Conflict, DomainError, Stale


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = Conflict("taken", "It is taken.", "Take another.", details={"by": "x"})
    assert str(error) == "It is taken. Take another."
    assert (error.code, error.kind, error.details) == ("taken", "conflict", {"by": "x"})


def test_what_is_stale_is_a_conflict_that_may_be_tried_again() -> None:
    assert issubclass(Stale, Conflict)
    assert str(DomainError("x", "It is so.")) == "It is so."
