"""Secrets that we make: high entropy, shown once, stored as SHA-256, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_TEXT = re.compile(r"([a-z]{2})_([a-z0-9]{8})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Secret:
    """`id` may be shown and logged, `text` never, `sha256` is what is stored."""

    id: str
    text: str
    sha256: str

    def __repr__(self) -> str:
        return f"<Secret {self.id}>"


def make(prefix: str) -> Secret:
    """`<prefix>_<8 characters>_<43 characters of 32 random bytes>`."""
    identifier = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    text = f"{prefix}_{identifier}_{random_text()}"
    return Secret(identifier, text, sha256(text))


def random_text() -> str:
    """32 random bytes as base64url without padding."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def identifier(prefix: str, text: str) -> str | None:
    """The id inside a secret's text; None where it is no secret of that prefix."""
    match = _TEXT.fullmatch(text)
    return match[2] if match and match[1] == prefix else None


def same(stored: str, text: str) -> bool:
    return hmac.compare_digest(stored, sha256(text))
