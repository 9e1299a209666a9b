"""Days that people choose in forms."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from registry.domain.errors import Invalid


def last_moment(text: str, field: str) -> datetime | None:
    """The end of the day that was chosen, in UTC, as it names the last day on which something works.

    None for nothing chosen. Raises `Invalid` that points at the form's field.
    """
    if not text:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(23, 59, 59), UTC)
    except ValueError:
        advice = "Write the day as 2026-12-31."
        raise Invalid(
            "invalid-date", f"{text[:40]!r} is no day.", advice, details={"fields": {field: advice}}
        ) from None
