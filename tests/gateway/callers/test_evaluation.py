from __future__ import annotations

from typing import Any

import pytest

from contracts.model import SecurityScheme
from gateway.callers.evaluation import ANYONE, Caller, evaluate
from gateway.callers.evidence import IssuerKeys
from gateway.callers.outcomes import Call
from gateway.callers.trust import Issuer, Trust
from gateway.verdicts import Header, Refusal

from .people import ISSUER, bearer, call, known, rsa, scheme, token

SCHEMES: dict[str, SecurityScheme] = {
    "key": scheme("apiKey", "key", location="header", parameter="X-Key"),
    "oauth": scheme("oauth2", "oauth"),
    "odd": scheme("quantum", "odd"),
    "digest": scheme("http", "digest", scheme="digest"),
}
KEY: Header = (b"x-key", b"k" * 40)


def trusting(**changes: Any) -> Trust:
    import hashlib

    digests = {hashlib.sha256(KEY[1]).digest(): "acme-wms"}
    return Trust(issuers={ISSUER: Issuer(ISSUER, ("orders",))}, digests=digests, **changes)


def decided(security: Any, *headers: Header, keys: bool = True, **options: Any) -> Any:
    evidence = known(trusting(), *((rsa(),) if keys else ()))
    held: Call = call(list(headers), evidence, **options)
    return evaluate(security, SCHEMES, held)


def refused(found: Any) -> tuple[int, str]:
    assert isinstance(found, Refusal), found
    return found.status, found.code


@pytest.mark.parametrize("security", [None, ()])
def test_none_stated_lets_anyone_in(security: Any) -> None:
    assert decided(security) is ANYONE


BEARER = bearer(token())[0]
BOTH = ({"key": (), "oauth": ("read",)},)
EITHER = ({"key": ()}, {"oauth": ("read",)})
MAYBE = ({}, {"key": ()})


@pytest.mark.parametrize(
    ("security", "headers", "schemes"),
    [
        (BOTH, (KEY, BEARER), ["key", "oauth"]),
        (EITHER, (KEY,), ["key"]),
        (EITHER, (BEARER,), ["oauth"]),
        (EITHER, (KEY, BEARER), ["key"]),
        (MAYBE, (), []),
        (MAYBE, (KEY,), ["key"]),
        (MAYBE, ((b"x-key", b"wrong"),), []),
        (({"odd": ()}, {"key": ()}), (KEY,), ["key"]),
    ],
)
def test_who_gets_in(security: Any, headers: tuple[Header, ...], schemes: list[str]) -> None:
    found = decided(security, *headers)
    assert isinstance(found, Caller)
    assert [proof.scheme for proof in found.proofs] == schemes


@pytest.mark.parametrize(
    ("security", "headers", "reason"),
    [
        (BOTH, (), (401, "no-key")),
        (BOTH, (KEY,), (401, "no-token")),
        (BOTH, (BEARER,), (401, "no-key")),
        (EITHER, (), (401, "no-key")),
        (EITHER, ((b"x-key", b"wrong"),), (401, "unknown-key")),
        (({"oauth": ("admin",)},), (BEARER,), (403, "insufficient-scope")),
        (({"key": ()}, {"oauth": ("admin",)}), (BEARER,), (403, "insufficient-scope")),
        (({"undeclared": ()},), (KEY, BEARER), (503, "scheme-not-evaluated")),
        (({"odd": ()},), (KEY, BEARER), (503, "scheme-not-evaluated")),
        (({"digest": ()},), ((b"authorization", b"Digest x"),), (503, "scheme-not-evaluated")),
        (({"key": (), "odd": ()},), (KEY,), (503, "scheme-not-evaluated")),
        (({"odd": ()}, {"key": ()}), (), (401, "no-key")),
    ],
)
def test_who_does_not(security: Any, headers: tuple[Header, ...], reason: tuple[int, str]) -> None:
    assert refused(decided(security, *headers)) == reason


def test_the_refusal_names_the_scheme() -> None:
    found = decided(({"odd": ()},))
    assert isinstance(found, Refusal)
    assert found.detail == "odd: odd is of the type quantum, which cannot be checked here"
    assert [(fault.pointer, fault.code) for fault in found.faults] == [("/odd", "scheme-not-evaluated")]


def test_what_is_not_known_is_asked_for_unless_another_way_is_open() -> None:
    assert decided(({"oauth": ()},), BEARER, keys=False) == (IssuerKeys(ISSUER),)
    assert isinstance(decided(EITHER, KEY, BEARER, keys=False), Caller)
    assert decided(BOTH, BEARER, keys=False).code == "no-key"
    assert decided(({}, {"oauth": ()}), BEARER, keys=False) == (IssuerKeys(ISSUER),)


def test_what_could_not_be_found_out_refuses() -> None:
    found = decided(({"oauth": ()},), BEARER, keys=False, final=True)
    assert refused(found) == (503, "credentials-unchecked")
    assert (b"retry-after", b"5") in found.headers
    assert refused(decided(EITHER, BEARER, keys=False, final=True)) == (503, "credentials-unchecked")


def test_challenges() -> None:
    found = decided(({"oauth": ("admin",)},), BEARER)
    assert found.headers == (
        (b"www-authenticate", b'Bearer realm="lading", error="insufficient_scope", scope="admin"'),
    )


def test_two_consumers_are_not_one_caller() -> None:
    from gateway.snapshot.contract import Consumer

    other = Consumer("c2", "other", {})
    evidence = known(trusting(clients={"acme-wms": "other"}), rsa())
    held = call([KEY, BEARER], evidence)
    object.__setattr__(held, "consumers", {**held.consumers, "other": other})
    assert refused(evaluate(BOTH, SCHEMES, held)) == (403, "two-callers")
