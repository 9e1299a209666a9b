from __future__ import annotations

import hashlib
from typing import Any

import pytest

from gateway.callers.kinds import api_key
from gateway.callers.outcomes import Denied, Outcome, Proved
from gateway.callers.trust import Signature, Trust
from gateway.snapshot.contract import Key
from tests.gateway.callers.people import ACME, NOW, call, known, scheme

OURS = b"lk_k1a2b3c4_" + b"s" * 43
THEIRS = b"k" * 40
TRUST = Trust(digests={hashlib.sha256(THEIRS).digest(): "acme-wms"})


def key(digest_of: bytes = OURS, ends: float | None = None) -> dict[str, Key]:
    return {"k1a2b3c4": Key("k1a2b3c4", hashlib.sha256(digest_of).digest(), ends, ACME)}


def outcome(
    where: str, headers: Any = (), query: bytes = b"", trust: Trust = TRUST, **options: Any
) -> Outcome:
    options.setdefault("keys", key())
    held = call(list(headers), known(trust), query=query, **options)
    return api_key.check(scheme("apiKey", location=where, parameter="X-Key"), (), held)


@pytest.mark.parametrize("text", [OURS, THEIRS])
def test_keys_are_found_where_they_travel(text: bytes) -> None:
    for where, headers, query in (
        ("header", [(b"x-key", text)], b""),
        ("query", [], b"a=1&X-Key=" + text),
        ("cookie", [(b"cookie", b"a=1; X-Key=" + text)], b""),
    ):
        found = outcome(where, headers, query)
        assert isinstance(found, Proved)
        assert (found.consumer, found.carried) == (ACME, (where, "X-Key"))


def test_two_live_keys_while_one_is_rotated() -> None:
    second = b"lk_zzzzzzzz_" + b"t" * 43
    both = key() | {"zzzzzzzz": Key("zzzzzzzz", hashlib.sha256(second).digest(), None, ACME)}
    for text in (OURS, second):
        assert isinstance(outcome("header", [(b"x-key", text)], keys=both), Proved)


@pytest.mark.parametrize(
    ("where", "headers", "query", "code"),
    [
        ("header", [], b"", "no-key"),
        ("header", [(b"x-key", b"")], b"", "no-key"),
        ("header", [(b"x-key", b"lk_k1a2b3c4_wrong")], b"", "unknown-key"),
        ("header", [(b"x-key", b"x" * 5000)], b"", "unknown-key"),
        ("query", [], b"X-Key=" + THEIRS + b"&X-Key=" + OURS, "unknown-key"),
        ("query", [], b"&".join([b"a=1"] * 2000), "no-key"),
        ("cookie", [(b"cookie", b"other=" + THEIRS)], b"", "no-key"),
        ("body", [(b"x-key", THEIRS)], b"", "no-key"),
    ],
)
def test_keys_that_are_not_good(where: str, headers: Any, query: bytes, code: str) -> None:
    found = outcome(where, headers, query)
    assert isinstance(found, Denied)
    assert found.code == code


def test_an_expired_key() -> None:
    found = outcome("header", [(b"x-key", OURS)], keys=key(ends=NOW))
    assert isinstance(found, Denied)
    assert found.code == "expired-key"


def test_a_gateway_that_knows_no_keys_says_so() -> None:
    found = outcome("header", [(b"x-key", b"x")], trust=Trust(), keys={})
    assert isinstance(found, Denied)
    assert (found.status, found.code) == (503, "scheme-not-evaluated")


def test_a_scheme_may_be_a_signature() -> None:
    found = outcome("header", trust=Trust(signatures={"it": Signature((b"s" * 24,))}))
    assert isinstance(found, Denied)
    assert found.code == "no-signature"
