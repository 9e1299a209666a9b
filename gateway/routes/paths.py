"""One normal form of request paths, used for matching and for the upstream alike.

What is judged is what is forwarded: percent-encoded unreserved characters are decoded, hexadecimal digits are
upper case (RFC 3986 section 6.2.2), and whatever servers are known to disagree about is refused.
"""

from __future__ import annotations

import re

from gateway.malformed import Malformed

_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
"""Characters that stand for themselves in a path."""
_TRIPLET = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\#?]")
_TO_ENCODE = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/%-]")


def normalise(path: bytes) -> str:
    """The normal form of a path as it came. Raises `Malformed`.

    Refused are dot segments (also encoded, also behind encoded slashes), control characters, backslashes and
    broken percent-encoding. An encoded slash stays encoded: it is data in a segment.
    """
    if path[:1] == b"/" and path.find(b"/.") < 0 and not path.translate(None, _PLAIN):
        return path.decode("ascii")  # nothing in it can be written or read in another way
    text = path.decode("latin-1")
    if not text.startswith("/"):
        raise Malformed("the path does not begin with a slash", "path")
    if _FORBIDDEN.search(text):
        raise Malformed("the path holds a character that has to be percent-encoded", "path")
    text = _TO_ENCODE.sub(lambda match: f"%{ord(match[0]):02X}", _TRIPLET.sub(_triplet, text))
    for segment in re.split(r"/|%2F|%5C", text):
        if segment.partition(";")[0] in (".", ".."):
            raise Malformed("the path holds dot segments", "dot-segments")
    return text


def _triplet(match: re.Match[str]) -> str:
    if match[1] is None:
        raise Malformed("a percent sign is not followed by two hexadecimal digits", "percent-encoding")
    character = chr(int(match[1], 16))
    if character in _UNRESERVED:
        return character
    if character < " " or character == "\x7f":
        raise Malformed("the path holds an encoded control character", "path")
    return match[0].upper()
