"""Idempotency keys: how they are written, whose they are, and what they stand for."""

from __future__ import annotations

import hashlib
import re

from gateway.malformed import Malformed
from gateway.snapshot.contract import Contract
from gateway.verdicts import Decision, Request

FIELD = b"idempotency-key"
_MOST = 255
_STRING = re.compile(rb'"((?:[ !#-\[\]-~]|\\["\\])*)"')
"""A string of RFC 9651, section 3.3.3, as section 2.1 of the draft wants it."""
_BARE = re.compile(rb"[!#-+\--:<-\[\]-~]+")
"""What clients write without quotes; no comma, semicolon, backslash, quote or blank in it."""
_CREDENTIALS = (b"authorization", b"cookie", b"x-api-key")


def parse_key(value: bytes) -> bytes:
    """The key that a field holds, without its quotes. Raises `Malformed`."""
    quoted = _STRING.fullmatch(value)
    if quoted is not None:
        key = re.sub(rb"\\(.)", rb"\1", quoted[1])
    elif _BARE.fullmatch(value):
        key = value
    else:
        raise Malformed("it is no string, and not one key", "idempotency-key")
    if not 1 <= len(key) <= _MOST:
        raise Malformed(f"it has 1 to {_MOST} characters", "idempotency-key")
    return key


def place_of(contract: Contract, decision: Decision, request: Request, key: bytes) -> str:
    """Where the answer to a key is kept: for one caller of one contract, so that nobody is handed another's.

    A caller whom the gateway does not know is told from others by its credentials, or by its address if it has none.
    """
    return _digest(contract.name.encode(), b"%d" % contract.major, *_caller(contract, decision, request), key)


def fingerprint(decision: Decision, request: Request) -> str:
    """What a key stands for: method, target, media type and body."""
    fields = request.fields
    return _digest(
        request.method.encode(),
        decision.target,
        fields.get(b"content-type", b""),
        fields.get(b"content-encoding", b""),
        request.body,
    )


def _caller(contract: Contract, decision: Decision, request: Request) -> list[bytes]:
    if decision.caller:
        return [b"caller", decision.caller.encode("utf-8", "surrogateescape")]
    names = {*_CREDENTIALS, *_declared(contract)}
    shown = [name + b"\0" + request.fields[name] for name in sorted(names) if name in request.fields]
    return [b"shown", *shown] if shown else [b"address", request.client.encode()]


def _declared(contract: Contract) -> list[bytes]:
    """Header fields that the contract's apiKey schemes are read from; those in the query are part of the target."""
    return [
        scheme.parameter.lower().encode("latin-1", "replace")
        for scheme in contract.schemes.values()
        if scheme.location == "header" and scheme.parameter
    ]


def _digest(*parts: bytes) -> str:
    made = hashlib.sha256()
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()
