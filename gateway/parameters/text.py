"""Percent-encoding and query strings, on the bytes as they came."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from gateway.malformed import Malformed

_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")


def decode(text: str, *, plus: bool = False) -> str:
    """Percent-decoded UTF-8 (RFC 3986 section 2.1); with `plus`, a plus sign is a space, as in forms."""
    if plus and "+" in text:
        text = text.replace("+", " ")
    if "%" not in text:
        return text if text.isascii() else _utf8(text.encode("latin-1"))
    if _BROKEN.search(text):
        raise Malformed("a percent sign is not followed by two hexadecimal digits", "percent-encoding")
    return _utf8(unquote_to_bytes(text.encode("latin-1")))


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("the value is not UTF-8", "encoding") from None


class Query:
    """A query string: its names decoded, its values as they came, in their order.

    Values stay encoded because a delimiter only counts where it is not percent-encoded.
    """

    __slots__ = ("names", "pairs")

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs
        names: dict[str, list[str]] = {}
        for name, value in pairs:
            held = names.get(name)
            if held is None:
                names[name] = [value]
            else:
                held.append(value)
        self.names = names


NOTHING = Query([])


def parse_query(raw: bytes, limit: int) -> Query:
    """The pairs of a query string (`application/x-www-form-urlencoded`). Raises `Malformed`."""
    if not raw:
        return NOTHING
    text = raw.decode("latin-1")
    if text.count("&") >= limit:
        raise Malformed(f"there are more than {limit} parameters", "too-many")
    pairs = []
    for part in text.split("&"):
        if not part:
            continue
        name, _, value = part.partition("=")
        if "%" in name or "+" in name or not name.isascii():
            name = decode(name, plus=True)
        pairs.append((name, value))
    return Query(pairs)
