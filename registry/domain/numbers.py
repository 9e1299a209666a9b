"""Version numbers: SemVer 2.0.0, or a date where the publisher has no number to give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .errors import Invalid

Scheme = Literal["semver", "date"]
_SEMVER = re.compile(
    r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})"
    r"(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?"
    r"(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?",
    re.ASCII,
)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:\.([1-9]\d{0,3}))?", re.ASCII)
_SHORT = re.compile(r"[vV]?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(-[0-9A-Za-z.-]+)?", re.ASCII)
_MINOR = re.compile(r"((?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8}))(?:\.[xX*])?", re.ASCII)
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Number:
    """A version number that can be ordered.

    `position` orders as SemVer 2.0.0 §11 does when compared byte by byte. Dates have one line, major 0.
    """

    text: str
    scheme: Scheme
    major: int
    position: bytes


def parse(text: str) -> Number:
    """Raises `Invalid` for what is neither SemVer (`1.4.0-rc.1`) nor a date (`2026-07-31`, `2026-07-31.2`)."""
    if len(text) <= LONGEST:
        if match := _SEMVER.fullmatch(text):
            return Number(text, "semver", int(match[1]), _semver_position(match))
        if match := _DATE.fullmatch(text):
            return Number(text, "date", 0, _date_position(match, text))
    raise Invalid(
        "invalid-version",
        f"{text[:LONGEST]!r} is no version.",
        "Give one of three numbers, 1.4.0, or a date, 2026-07-31.",
    )


def lenient(text: str) -> Number | None:
    """What publishers write into `info.version`, completed: `2` and `v2` → 2.0.0, `2.2` → 2.2.0.

    None where no number can be made of it without guessing.
    """
    try:
        return parse(text)
    except Invalid:
        match = _SHORT.fullmatch(text.strip())
    if not match:
        return None
    numbers = ".".join(str(int(part or 0)) for part in match.group(1, 2, 3))
    try:
        return parse(numbers + (match[4] or ""))
    except Invalid:
        return None


def pin(text: str) -> str:
    """What a consumer can be pinned to: a minor line (`1.4`, also written `1.4.x`) or one version.

    Raises `Invalid`.
    """
    if match := _MINOR.fullmatch(text):
        return match[1]
    return parse(text).text


def pinned(pin: str, version: str) -> bool:
    """Whether a version is one that a pin means. A minor line has no pre-releases."""
    if not _MINOR.fullmatch(pin):
        return version == pin
    match = _SEMVER.fullmatch(version)
    return match is not None and match[4] is None and f"{match[1]}.{match[2]}" == pin


def _semver_position(match: re.Match[str]) -> bytes:
    release = b"".join(int(part).to_bytes(4, "big") for part in match.group(1, 2, 3))
    if match[4] is None:
        return release + b"\xff"
    # Numeric identifiers come before textual ones, and a shorter list before a longer one.
    parts = [
        b"\x01" + len(part).to_bytes(2, "big") + part.encode()
        if part.isdecimal()
        else b"\x02" + part.encode() + b"\x00"
        for part in match[4].split(".")
    ]
    return release + b"\x01" + b"".join(parts) + b"\x00"


def _date_position(match: re.Match[str], text: str) -> bytes:
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Invalid(
            "invalid-version", f"{text!r} is no day in the calendar.", "Write YYYY-MM-DD."
        ) from None
    return day.toordinal().to_bytes(4, "big") + int(match[4] or 0).to_bytes(2, "big")
