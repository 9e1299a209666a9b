from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from gateway.callers import bearer
from gateway.callers.evidence import Introspected, IssuerKeys, TokenState
from gateway.callers.outcomes import Call, Denied, Outcome, Proved, Wanting
from gateway.callers.trust import Certificates, Introspection, Trust

from . import people
from .people import ACME, ISSUER, NOW, TRUSTED, call, curve, known, rsa, token


def checked(held: Call, *scopes: str) -> Outcome:
    return bearer.check("oauth", scopes, held, issuers=held.trust.issuers)


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Denied), outcome
    return outcome.message


def with_token(text: str, **options: Any) -> Call:
    return call(people.bearer(text), **options)


def test_a_good_token_names_its_consumer() -> None:
    found = checked(with_token(token()), "read")
    assert found == Proved("oauth", f"{ISSUER} acme-wms", ACME, ("header", "authorization"))
    assert isinstance(checked(with_token(token(curve(), "ES256"), evidence=known(TRUSTED, curve()))), Proved)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"iss": "https://other.example"}, "issuer that is trusted"),
        ({"iss": None}, "issuer that is trusted"),
        ({"aud": "invoices"}, "another audience"),
        ({"aud": None}, "another audience"),
        ({"aud": ["invoices", 7]}, "another audience"),
        ({"exp": None}, "no end"),
        ({"exp": NOW - 31}, "expired"),
        ({"exp": "soon"}, "not a number"),
        ({"nbf": NOW + 31}, "not valid yet"),
        ({"iat": NOW + 31}, "not valid yet"),
        ({"cnf": {"jkt": "x"}}, "bound in a way"),
        ({"cnf": {"x5t#S256": "x"}}, "bound to a certificate"),
        ({"cnf": "x"}, "bound in a way"),
    ],
)
def test_claims_that_are_wrong(changes: dict[str, Any], message: str) -> None:
    assert message in reason(checked(with_token(token(**changes))))


def test_clocks_may_differ_a_little() -> None:
    assert isinstance(checked(with_token(token(exp=NOW - 29, nbf=NOW + 29))), Proved)


def test_several_audiences_and_both_ways_to_write_scopes() -> None:
    assert isinstance(
        checked(with_token(token(aud=["x", "orders"], scope=None, scp=["read"])), "read"), Proved
    )
    missing = checked(with_token(token(scope="read")), "read", "write")
    assert isinstance(missing, Denied)
    assert (missing.status, missing.code) == (403, "insufficient-scope")
    assert missing.challenge == 'Bearer error="insufficient_scope", scope="write"'


def handmade(alg: str, key: bytes | None = None) -> str:
    """A token as an attacker makes it: unsigned, or signed by the text of a public key."""

    def part(value: dict[str, Any]) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

    signed = part({"alg": alg, "kid": "one"}) + b"." + part(people.claims())
    signature = hmac.digest(key, signed, hashlib.sha256) if key is not None else b""
    return (signed + b"." + base64.urlsafe_b64encode(signature).rstrip(b"=")).decode()


def test_the_token_has_no_say_in_its_algorithm() -> None:
    assert "algorithm" in reason(checked(with_token(handmade("none"))))
    assert "algorithm" in reason(checked(with_token(handmade("None"))))
    pem = rsa().as_pem(private=False)
    assert "algorithm" in reason(checked(with_token(handmade("HS256", pem))))
    assert "signature" in reason(checked(with_token(handmade("RS256", pem))))
    assert "signature" in reason(checked(with_token(handmade("RS256"))))


def test_an_elliptic_key_does_not_verify_what_claims_rsa() -> None:
    text = token(header={"kid": "two"})
    assert "no key" in reason(checked(with_token(text, evidence=known(TRUSTED, curve()), final=True)))


def test_a_changed_token_is_not_believed() -> None:
    head, _, signature = token().split(".")
    other = token(sub="somebody").split(".")[1]
    assert "signature" in reason(checked(with_token(f"{head}.{other}.{signature}")))


def test_an_id_token_or_logout_token_is_no_access_token() -> None:
    assert "no access token" in reason(checked(with_token(token(header={"typ": "logout+jwt"}))))


def test_keys_that_are_not_known_are_wanted() -> None:
    assert checked(with_token(token(), evidence=known())) == Wanting("oauth", IssuerKeys(ISSUER))
    rotated = known(TRUSTED, rsa("old"))
    assert checked(with_token(token(), evidence=rotated)) == Wanting("oauth", IssuerKeys(ISSUER, "one"))
    assert "no key" in reason(checked(with_token(token(), evidence=rotated, final=True)))


def test_without_a_key_id_there_must_be_one_choice() -> None:
    text = token(header={"kid": None})
    assert isinstance(checked(with_token(text)), Proved)
    both = known(TRUSTED, rsa(), rsa("second"))
    assert isinstance(checked(with_token(text, evidence=both)), Denied)


@pytest.mark.parametrize("text", ["", "x" * 20_000, "a.b.c", "no-jwt"])
def test_what_is_no_token(text: str) -> None:
    found = checked(with_token(text))
    assert isinstance(found, Denied)
    assert (found.status, found.presented) == (401, True)


def test_no_token_is_told_apart_from_a_wrong_one() -> None:
    found = checked(call([]))
    assert isinstance(found, Denied)
    assert (found.presented, found.challenge) == (False, "Bearer")


def test_without_any_issuer_nothing_is_believed() -> None:
    found = checked(with_token(token(), evidence=known(Trust())))
    assert isinstance(found, Denied)
    assert (found.status, found.code) == (503, "scheme-not-evaluated")


OPAQUE = Trust(introspection=Introspection("https://issuer.example/introspect", "gw", "s", ("orders",)))


def introspected(claims: dict[str, Any] | None, until: float = NOW + 1) -> Outcome:
    evidence = known(OPAQUE)
    evidence.tokens[hashlib.sha256(b"opaque").digest()] = Introspected(claims, until)
    return checked(with_token("opaque", evidence=evidence), "read")


def test_introspection() -> None:
    wanted = checked(with_token("opaque", evidence=known(OPAQUE)))
    assert wanted == Wanting("oauth", TokenState(hashlib.sha256(b"opaque").digest(), ""))
    assert "opaque" not in repr(wanted)
    good = {"active": True, "scope": "read", "client_id": "acme-wms", "aud": "orders"}
    assert isinstance(introspected(good), Proved)
    assert isinstance(introspected(good, until=NOW), Wanting)
    assert "not active" in reason(introspected(None))
    assert "another audience" in reason(introspected({**good, "aud": "x"}))
    assert "expired" in reason(introspected({**good, "exp": NOW}))
    assert "lacks the scope" in reason(introspected({**good, "scope": ""}))


def test_a_bound_token_counts_with_its_certificate() -> None:
    der = b"certificate"
    digest = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    import ipaddress

    proxies = Certificates((ipaddress.ip_network("192.0.2.0/24"),))
    trust = Trust(issuers=TRUSTED.issuers, certificates=proxies)
    bound = people.bearer(token(cnf={"x5t#S256": digest}))
    header = (b"client-cert", b":" + base64.b64encode(der) + b":")
    assert isinstance(checked(call([*bound, header], known(trust, rsa()))), Proved)
    assert "bound" in reason(checked(call([*bound, header], known(trust, rsa()), peer="198.51.100.1")))
    wrong = (b"client-cert", b":" + base64.b64encode(b"other") + b":")
    assert "bound" in reason(checked(call([*bound, wrong], known(trust, rsa()))))
