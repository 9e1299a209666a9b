import hashlib

import pytest

from gateway.callers.keys import EXPIRED_KEY, NO_KEY, UNKNOWN_KEY, identify, presented
from gateway.snapshot.contract import Consumer, Key

TEXT = b"lk_k1a2b3c4_" + b"s" * 43
CONSUMER = Consumer("c1", "acme", {})
KEYS = {"k1a2b3c4": Key("k1a2b3c4", hashlib.sha256(TEXT).digest(), 1000.0, CONSUMER)}


def test_where_a_key_travels() -> None:
    assert presented({b"x-api-key": TEXT}) == TEXT
    assert presented({b"authorization": b"bearer " + TEXT}) == TEXT
    assert presented({b"authorization": b"Bearer eyJhbGciOi"}) is None
    assert presented({}) is None


def test_whose_key_it_is() -> None:
    assert identify(TEXT, KEYS, 999.0) is CONSUMER
    assert identify(TEXT, KEYS, 1000.0) is EXPIRED_KEY
    assert identify(None, KEYS, 0.0) is NO_KEY


@pytest.mark.parametrize(
    "key",
    [
        TEXT[:-1],
        TEXT + b"s",
        TEXT[:-1] + b"t",
        b"lk_zzzzzzzz_" + b"s" * 43,
        b"",
        b"lk_",
        b"\xff" * 55,
        b"lk_k1a2b3c4_" + b"s" * 500,
    ],
)
def test_no_other_key_will_do(key: bytes) -> None:
    assert identify(key, KEYS, 0.0) is UNKNOWN_KEY
