"""What the registry refuses, as values: a stable code, what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class DomainError(Exception):
    """Something that a person or a machine asked for and does not get.

    `kind` decides the HTTP status (in `registry.api.problems`), `code` is stable and kebab-case, `details`
    is JSON.
    """

    kind: ClassVar[str] = "invalid"

    def __init__(
        self, code: str, message: str, advice: str = "", *, details: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice
        self.details: Mapping[str, Any] = details or {}

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class Invalid(DomainError):
    """The request is well formed and asks for something that cannot be."""

    kind = "invalid"


class Malformed(Invalid):
    """The request is not of the form that our contract asks for; nothing was looked at beyond that."""

    kind = "malformed"


class Unsupported(Malformed):
    """The request's body is of a media type that is not taken here."""

    kind = "unsupported"


class NotFound(DomainError):
    """There is no such thing, or not for this actor."""

    kind = "not-found"


class Conflict(DomainError):
    """What is there already stands against it; trying again unchanged will not help."""

    kind = "conflict"


class Stale(Conflict):
    """Something else was written in between; asking again starts from what is there now."""


class Unauthenticated(DomainError):
    """Nobody, or nobody we know, is asking."""

    kind = "unauthenticated"


class Forbidden(DomainError):
    """We know who asks, and they may not."""

    kind = "forbidden"


class TooLarge(DomainError):
    """More was sent than is accepted."""

    kind = "too-large"


class Refused(DomainError):
    """It was understood and judged, and the judgement is no."""

    kind = "refused"
