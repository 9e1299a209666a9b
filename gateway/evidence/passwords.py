"""Passwords of machines that can do nothing better: scrypt, as `scrypt$N$r$p$salt$hash` with both in base64."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os

_MEMORY = 128 * 1024 * 1024


def hashed(password: bytes, *, n: int = 16384, r: int = 8, p: int = 1) -> str:
    """What is stored of a password."""
    salt = os.urandom(16)
    digest = hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)
    return f"scrypt${n}${r}${p}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def parsed(stored: str) -> tuple[int, int, int, bytes, bytes]:
    """Cost, block size, parallelism, salt and hash. Raises `ValueError`."""
    word, *rest = stored.split("$")
    if word != "scrypt" or len(rest) != 5:
        raise ValueError("it is not scrypt$N$r$p$salt$hash")
    try:
        n, r, p = (int(number) for number in rest[:3])
        salt, digest = (base64.b64decode(text, validate=True) for text in rest[3:])
    except binascii.Error:
        raise ValueError("salt or hash is not base64") from None
    if (
        n < 1024
        or n & (n - 1)
        or not 1 <= p <= 16
        or r < 1
        or 128 * n * r * p > _MEMORY // 2
        or len(digest) < 16
    ):
        raise ValueError("the cost is out of bounds")
    return n, r, p, salt, digest


def fits(password: bytes, stored: str) -> bool:
    """Whether a password is the stored one; takes tens of milliseconds on purpose."""
    n, r, p, salt, digest = parsed(stored)
    made = hashlib.scrypt(password, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=len(digest))
    return hmac.compare_digest(made, digest)
