"""Formats as patterns that match some of what a format allows, and nothing that the validator would refuse.

Dates of RFC 3339, UUIDs of RFC 9562, addresses of RFC 5321 and URLs of RFC 3986 in the forms that most senders write.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from gateway.checks.validators import compile_validator

_HOUR = "(?:[01][0-9]|2[0-3])"
_MINUTE = "[0-5][0-9]"
_DATE = (
    "[1-9][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    "|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,20}[A-Za-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{1,4}}"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
PATTERNS: Final[dict[str, str]] = {
    "date": f"^{_DATE}$",
    "date-time": rf"^{_DATE}T{_HOUR}:{_MINUTE}:{_MINUTE}(?:\.[0-9]{{1,9}})?(?:Z|[+-]{_HOUR}:{_MINUTE})$",
    "uuid": "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
    "email": rf"^[A-Za-z0-9_]{{1,20}}(?:[.+-][A-Za-z0-9_]{{1,20}}){{0,2}}@{_HOST}$",
    "byte": r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    "ipv4": rf"^{_OCTET}(?:\.{_OCTET}){{3}}$",
    "uri": (
        rf"^https?://{_LABEL}(?:\.{_LABEL}){{0,5}}(?::[1-9][0-9]{{1,3}})?"
        r"(?:/[A-Za-z0-9._~-]+)*/?(?:\?[A-Za-z0-9._~&=-]*)?$"
    ),
}
_PROBES = ("", " ", "(", "%%%", "::", "\x00", "-1", "a\u00e9")
"""No format that the validator knows accepts all of these."""


@lru_cache(maxsize=4_000)
def is_unknown(name: str) -> bool:
    """Whether a format says nothing to the validator."""
    validator = compile_validator({"format": name}, formats=True)
    return all(map(validator.is_valid, _PROBES))
