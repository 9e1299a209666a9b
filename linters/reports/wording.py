"""Words and numbers that several formats share."""

from __future__ import annotations

from collections.abc import Mapping

from linters.lint import Severity

SEVERITY_NAMES = {
    Severity.ERROR: "error",
    Severity.WARN: "warning",
    Severity.INFO: "info",
    Severity.HINT: "hint",
}


def counted(number: int, noun: str) -> str:
    """`1 error`, `2,345 warnings`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def count_of(severity: Severity, counts: Mapping[Severity, int]) -> str:
    """`2 errors`, `3 for information`; empty where there are none."""
    number = counts.get(severity, 0)
    if not number:
        return ""
    return (
        f"{number:,} for information"
        if severity is Severity.INFO
        else counted(number, SEVERITY_NAMES[severity])
    )


def spans(text: str) -> list[tuple[str, bool]]:
    """A message in pieces, each with whether it stood between backticks and is code.

    Where the backticks do not pair up, a document's own text may be among them: then all of it is plain.
    """
    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(parts[1:-1]):
        return [(text, False)]
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]
