"""What callers are told about a version that is going away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from gateway.snapshot.contract import Brownout, Lifecycle
from gateway.verdicts import Header


def headers_of(lifecycle: Lifecycle) -> tuple[Header, ...]:
    """Deprecation (RFC 9745), Sunset (RFC 8594) and links to the successor (RFC 5829, RFC 8288)."""
    found: list[Header] = []
    if lifecycle.deprecated_at is not None:
        found.append((b"deprecation", b"@%d" % int(lifecycle.deprecated_at.timestamp())))
    if lifecycle.sunset_at is not None:
        moment = lifecycle.sunset_at.astimezone(UTC).replace(microsecond=0)
        found.append((b"sunset", format_datetime(moment, usegmt=True).encode()))
    if lifecycle.replacement_url and lifecycle.replacement_url.isprintable():
        url = lifecycle.replacement_url.encode("ascii", "ignore")
        found.append((b"link", b'<%s>; rel="successor-version"' % url))
    return tuple(found)


def ended(lifecycle: Lifecycle, now: float) -> bool:
    """Whether calls are answered by 410."""
    if lifecycle.state == "retired":
        return True
    return lifecycle.sunset_at is not None and lifecycle.sunset_at.timestamp() <= now


def brownouts_of(entries: Iterable[Mapping[str, Any]]) -> tuple[Brownout, ...]:
    """The timetable of a version, as the bundle has it. Raises `ValueError` for what is no time."""
    found = []
    for entry in entries:
        starts, ends = parse_time(entry["starts_at"]), parse_time(entry["ends_at"])
        if starts is not None and ends is not None:
            found.append(Brownout(starts.timestamp(), ends.timestamp(), entry.get("status", 503)))
    return tuple(sorted(found, key=lambda brownout: brownout.starts))


def parse_time(text: str | None) -> datetime | None:
    """An RFC 3339 time; UTC where it names no zone. Raises `ValueError`."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
