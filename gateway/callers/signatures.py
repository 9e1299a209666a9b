"""Signed messages in the manner of Standard Webhooks: HMAC-SHA256 over id, time and body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re

from .evidence import BODY
from .outcomes import Call, Denied, Outcome, Proved, Wanting
from .trust import Signature

_TIME = re.compile(rb"[0-9]{1,12}")
_MOST = 20
"""Signatures of one message that are looked at."""


def check(scheme: str, how: Signature, call: Call) -> Outcome:
    """Whether the message is signed by one of the secrets, and was signed just now."""
    fields, prefix = call.request.fields, how.prefix.encode()
    identifier, moment, given = (fields.get(prefix + name) for name in (b"id", b"timestamp", b"signature"))
    if given is None:
        return Denied(
            scheme, "no-signature", f"the message needs {how.prefix}id, -timestamp and -signature", presented=False
        )  # fmt: skip
    if not identifier or moment is None or _TIME.fullmatch(moment) is None:
        return _wrong(scheme, f"{how.prefix}id or {how.prefix}timestamp is missing or not well formed")
    if abs(call.now - int(moment)) > how.tolerance:
        return _wrong(scheme, f"the message was not signed within {how.tolerance} s of now")
    if not call.whole:
        return Wanting(scheme, BODY)
    signed = b"%s.%s.%s" % (identifier, moment, call.request.body)
    wanted = [hmac.digest(secret, signed, hashlib.sha256) for secret in how.secrets]
    for candidate in _given(given):
        # Every secret is tried, so that the time does not tell which one was the right one.
        if any([hmac.compare_digest(candidate, digest) for digest in wanted]):  # noqa: C419
            return Proved(scheme, f"signature {scheme}", call.consumer(how.consumer))
    return _wrong(scheme, "none of the signatures is right")


def _given(value: bytes) -> list[bytes]:
    """The symmetric signatures of a field, decoded; others are of no use here."""
    found = []
    for word in value.split()[:_MOST]:
        version, _, text = word.partition(b",")
        if version == b"v1":
            try:
                found.append(base64.b64decode(text, validate=True))
            except binascii.Error:
                continue
    return found


def _wrong(scheme: str, message: str) -> Denied:
    return Denied(scheme, "invalid-signature", message)
