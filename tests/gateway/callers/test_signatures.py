from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from gateway.callers import signatures
from gateway.callers.evidence import BODY
from gateway.callers.outcomes import Denied, Outcome, Proved, Wanting
from gateway.callers.trust import Signature

from .people import ACME, NOW, call

OLD, NEW = b"o" * 24, b"n" * 24
HOW = Signature((OLD, NEW), consumer="acme-wms")


def signed(secret: bytes, body: bytes = b"{}", moment: int = int(NOW), identifier: bytes = b"msg_1") -> bytes:
    digest = hmac.digest(secret, b"%s.%d.%s" % (identifier, moment, body), hashlib.sha256)
    return b"v1," + base64.b64encode(digest)


def outcome(
    signature: bytes, moment: int | bytes = int(NOW), body: bytes = b"{}", whole: bool = True
) -> Outcome:
    time = moment if isinstance(moment, bytes) else b"%d" % moment
    headers = [(b"webhook-id", b"msg_1"), (b"webhook-timestamp", time), (b"webhook-signature", signature)]
    return signatures.check("hook", HOW, call(headers, body=body, whole=whole))


@pytest.mark.parametrize("secret", [OLD, NEW])
def test_either_secret_counts_while_they_are_rotated(secret: bytes) -> None:
    assert outcome(signed(secret)) == Proved("hook", "signature hook", ACME)
    assert isinstance(outcome(b"v1,AAAA v1a,xyz " + signed(secret)), Proved)


def test_the_standard_s_own_example() -> None:
    """Computed by its reference libraries, in the specification's text."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    headers = [
        (b"webhook-id", b"msg_p5jXN8AQM9LWM0D4loKWxJek"),
        (b"webhook-timestamp", b"1614265330"),
        (b"webhook-signature", b"v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
    ]
    how = Signature((secret,), tolerance=10**9)
    assert isinstance(signatures.check("hook", how, call(headers, body=body, whole=True)), Proved)


def test_the_body_is_waited_for() -> None:
    assert outcome(signed(OLD), whole=False) == Wanting("hook", BODY)


@pytest.mark.parametrize(
    ("signature", "moment", "body"),
    [
        (signed(b"x" * 24), int(NOW), b"{}"),
        (signed(OLD), int(NOW), b"{} "),
        (signed(OLD), int(NOW) + 1, b"{}"),
        (signed(OLD, moment=int(NOW) - 301), int(NOW) - 301, b"{}"),
        (signed(OLD, moment=int(NOW) + 301), int(NOW) + 301, b"{}"),
        (signed(OLD), b"-5", b"{}"),
        (signed(OLD), b"1e9", b"{}"),
        (b"v2," + signed(OLD)[3:], int(NOW), b"{}"),
        (b"v1,***", int(NOW), b"{}"),
        (b"", int(NOW), b"{}"),
    ],
)
def test_what_is_not_rightly_signed(signature: bytes, moment: int | bytes, body: bytes) -> None:
    found = outcome(signature, moment, body)
    assert isinstance(found, Denied)
    assert (found.code, found.status) == ("invalid-signature", 401)


def test_only_so_many_signatures_are_looked_at() -> None:
    assert isinstance(outcome(b"v1,AAAA " * 20 + signed(OLD)), Denied)


def test_without_a_signature() -> None:
    found = signatures.check("hook", HOW, call([]))
    assert isinstance(found, Denied)
    assert found.presented is False
