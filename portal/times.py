"""Dates as people say them. The page's script puts the absolute form into the reader's own zone."""

from __future__ import annotations

from datetime import UTC, datetime

from markupsafe import Markup

_STEPS = (
    (60, 1, "second"),
    (3600, 60, "minute"),
    (86_400, 3600, "hour"),
    (86_400 * 14, 86_400, "day"),
    (86_400 * 60, 86_400 * 7, "week"),
    (86_400 * 365 * 2, 86_400 * 30, "month"),
)


def absolute(moment: datetime) -> str:
    """`2026-11-23 20:41 UTC`."""
    return _aware(moment).strftime("%Y-%m-%d %H:%M UTC")


def relative(moment: datetime, now: datetime) -> str:
    """`3 hours ago`, `in 12 days`; the date itself beyond two years."""
    seconds = (_aware(moment) - _aware(now)).total_seconds()
    size = abs(seconds)
    if size < 45:
        return "just now" if seconds <= 0 else "in a moment"
    for bound, unit, word in _STEPS:
        if size < bound:
            count = max(1, round(size / unit))
            amount = f"{count} {word}{'' if count == 1 else 's'}"
            return f"{amount} ago" if seconds < 0 else f"in {amount}"
    return _aware(moment).strftime("%Y-%m-%d")


def days(until: datetime, now: datetime) -> int:
    """Whole days from now until a moment; negative when it has passed."""
    return (_aware(until).date() - _aware(now).date()).days


def element(moment: datetime | None, now: datetime, *, day: bool = False) -> Markup:
    """A `<time>`: relative with the absolute as its title, or, with `day`, the date with the distance as its title."""
    if moment is None:
        return Markup('<span class="muted">–</span>')
    stamp = _aware(moment).isoformat(timespec="seconds")
    if day:
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            stamp, relative(moment, now), _aware(moment).strftime("%-d %b %Y")
        )
    return Markup('<time datetime="{}" title="{}" data-relative>{}</time>').format(
        stamp, absolute(moment), relative(moment, now)
    )


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
