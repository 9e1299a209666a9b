from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from gateway.callers.evidence import Password
from gateway.callers.kinds import http
from gateway.callers.outcomes import Denied, Outcome, Proved, Wanting
from gateway.callers.trust import Trust
from gateway.snapshot.contract import Key
from tests.gateway.callers import people
from tests.gateway.callers.people import ACME, call, known, scheme, token

TRUST = Trust(passwords={"acme-wms": "stored"})


def basic(text: bytes) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", b"Basic " + base64.b64encode(text))]


def outcome(headers: Any, evidence: Any = None, how: str = "basic", **options: Any) -> Outcome:
    held = call(headers, evidence or known(TRUST), **options)
    return http.check(scheme("http", scheme=how), (), held)


def test_bearer_takes_tokens_and_the_registry_s_keys() -> None:
    assert isinstance(outcome(people.bearer(token()), known(people.TRUSTED, people.rsa()), "Bearer"), Proved)
    text = "lk_k1a2b3c4_" + "s" * 43
    keys = {"k1a2b3c4": Key("k1a2b3c4", hashlib.sha256(text.encode()).digest(), None, ACME)}
    found = outcome(people.bearer(text), how="bearer", keys=keys)
    assert isinstance(found, Proved)
    assert found.consumer is ACME
    wrong = outcome(people.bearer("lk_k1a2b3c4_x"), how="bearer", keys=keys)
    assert isinstance(wrong, Denied)
    assert wrong.status == 401


def test_a_password_is_looked_up_and_then_known() -> None:
    evidence = known(TRUST)
    wanted = outcome(basic(b"acme-wms:planted"), evidence)
    assert isinstance(wanted, Wanting)
    assert isinstance(wanted.need, Password)
    assert (wanted.need.password, wanted.need.stored) == (b"planted", "stored")
    assert "planted" not in repr(wanted)
    evidence.passwords[wanted.need.digest] = True
    assert outcome(basic(b"acme-wms:planted"), evidence) == Proved(
        "it", "user acme-wms", ACME, ("header", "authorization")
    )
    other = outcome(basic(b"acme-wms:other"), evidence)
    assert isinstance(other, Wanting)
    assert isinstance(other.need, Password)
    evidence.passwords[other.need.digest] = False
    assert isinstance(outcome(basic(b"acme-wms:other"), evidence), Denied)


def test_a_user_that_does_not_exist_takes_as_long_and_never_gets_in() -> None:
    evidence = known(TRUST)
    wanted = outcome(basic(b"nobody:planted"), evidence)
    assert isinstance(wanted, Wanting)
    assert isinstance(wanted.need, Password)
    evidence.passwords[wanted.need.digest] = True
    assert isinstance(outcome(basic(b"nobody:planted"), evidence), Denied)


@pytest.mark.parametrize("text", [b"no-colon", b"\xff:x", b"acme-wms:" + b"x" * 2000])
def test_what_is_no_user_and_password(text: bytes) -> None:
    found = outcome(basic(text))
    assert isinstance(found, Denied)
    assert found.code == "wrong-password"


def test_nothing_shown_and_nobody_known() -> None:
    found = outcome([])
    assert isinstance(found, Denied)
    assert found.challenge.startswith("Basic realm=")
    unknown = outcome(basic(b"a:b"), known(Trust()))
    assert isinstance(unknown, Denied)
    assert unknown.status == 503


@pytest.mark.parametrize("how", ["digest", "negotiate", "", "HOBA"])
def test_other_schemes_are_never_met(how: str) -> None:
    found = outcome([(b"authorization", how.encode() + b" x")], how=how)
    assert isinstance(found, Denied)
    assert (found.status, found.code) == (503, "scheme-not-evaluated")
