"""Which of the declared contents a Content-Type names. As nearly everybody writes it, it is known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from gateway.bodies.body import Content
from gateway.bodies.media import Choices, MediaType, parse_media_type
from gateway.malformed import Malformed

Usual: TypeAlias = Mapping[bytes, tuple[MediaType, Content | None]]
"""What usual fields name, by the field."""
_ENDINGS = ("", "; charset=utf-8", ";charset=utf-8", "; charset=UTF-8", ";charset=UTF-8")


def usual(declared: Choices[Content]) -> Usual:
    """What the declared media types name, written as they are and with the usual charset."""
    found: dict[bytes, tuple[MediaType, Content | None]] = {}
    for name in declared.names:
        for ending in _ENDINGS:
            given = (name + ending).encode("latin-1", "replace")
            try:
                found[given] = read(given, declared, lenient=False)
            except Malformed:
                continue
    return found


def read(given: bytes, declared: Choices[Content], *, lenient: bool) -> tuple[MediaType, Content | None]:
    """What any Content-Type names: its media type, and what belongs to it. Raises `Malformed`."""
    media = parse_media_type(given.decode("latin-1"), lenient)
    return media, declared.find(media)
