"""Errors that hold data, compare by value, and advise.

Every error that a person can cause carries what is wrong, where, and what to do about it, so that the
command line, the API and the portal can each show it in their own way and none of them has to parse text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=True)
class ContractError(Exception):
    """Something about a contract that keeps Lading from reading or understanding it.

    `code` is stable and kebab-case. `line` and `column` are one-based, as people count; they are absent
    where there is no such place. `pointer` is an RFC 6901 JSON Pointer.
    """

    code: str
    message: str
    source: str = ""
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    advice: str = ""

    def __post_init__(self) -> None:
        super().__init__(self.message)

    __hash__ = Exception.__hash__

    @property
    def place(self) -> str:
        """`orders.yaml:12:3`, as far as it is known."""
        parts = [self.source, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(part for part in parts if part)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        at = f" (at {self.pointer})" if self.pointer else ""
        advice = f" {self.advice}" if self.advice else ""
        return f"{where}{self.message}{at}{advice}"


class Unreadable(ContractError):
    """The bytes are not a document: empty, binary, wrongly encoded, or broken YAML or JSON."""


class LimitExceeded(ContractError):
    """The document is larger, deeper or more entangled than the configured limits allow."""


class UnknownSpecification(ContractError):
    """The document does not say that it is OpenAPI or AsyncAPI, or names a version that is not known."""


class UnresolvableReference(ContractError):
    """A `$ref` points at nothing, outside the documents that were given, or at itself."""
