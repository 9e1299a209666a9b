from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from registry.api import oidc
from registry.api.oidc import Issuer
from registry.domain.errors import Unauthenticated
from registry.services import Oidc
from registry.services.signing import Signer

CALLBACK = "http://127.0.0.1:8400/sign-in/callback"


@pytest.fixture
def client(issuer: str, signer: Signer) -> Issuer:
    return Issuer(Oidc(issuer, "lading", "hush"), signer, CALLBACK)


def test_the_browser_leaves_with_pkce_state_and_nonce_and_the_issuer_vouches(
    client: Issuer, agree: Callable[..., str], issuer: str
) -> None:
    departure = client.depart("/contracts")
    asked = parse_qs(urlsplit(departure.url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [CALLBACK]
    assert len(asked["nonce"][0]) >= 32
    assert len(asked["state"][0]) >= 20
    arrival = client.arrive(departure.pending, agree(departure.url))
    assert (arrival.subject, arrival.email, arrival.email_verified, arrival.name) == (
        "ada",
        "ada@example.org",
        True,
        "Ada",
    )
    assert (arrival.issuer, arrival.next) == (issuer, "/contracts")
    eve = client.arrive((again := client.depart("/")).pending, agree(again.url, subject="eve"))
    assert not eve.email_verified


def test_answers_that_belong_to_another_departure_are_refused(
    client: Issuer, agree: Callable[..., str]
) -> None:
    first, second = client.depart("/"), client.depart("/")
    with pytest.raises(Unauthenticated, match="MismatchingState"):
        client.arrive(second.pending, agree(first.url))
    for forged in ("", "x.y.z", client._signer.sign(b"{}", "another-purpose")):
        with pytest.raises(Unauthenticated, match="not begun here"):
            client.arrive(forged, agree(first.url))


def test_a_code_is_good_once(client: Issuer, agree: Callable[..., str]) -> None:
    departure = client.depart("/")
    back = agree(departure.url)
    client.arrive(departure.pending, back)
    with pytest.raises(Unauthenticated):
        client.arrive(departure.pending, back)


def test_who_declines_or_takes_too_long_is_not_signed_in(
    client: Issuer, agree: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    departure = client.depart("/")
    with pytest.raises(Unauthenticated):
        client.arrive(departure.pending, agree(departure.url, action="deny"))
    monkeypatch.setattr(oidc, "_LASTS", -1)
    with pytest.raises(Unauthenticated, match="too long"):
        client.arrive(departure.pending, agree(departure.url))


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": None},
        {},
    ],
    ids=str,
)
def test_an_id_token_must_hold_in_every_part(client: Issuer, issuer: str, change: dict[str, object]) -> None:
    key, other = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
    claims = {
        "iss": client._discovered()["issuer"],
        "aud": "lading",
        "nonce": "n",
        "exp": 4102444800,
        "iat": 1,
        "sub": "ada",
    }
    given = {name: value for name, value in {**claims, **change}.items() if value is not None}
    keys = {"keys": [key.as_dict(private=False)]}
    good = jwt.encode({"alg": "RS256"}, claims, key)
    assert client._claims(good, keys, "n")["sub"] == "ada"
    forged = jwt.encode({"alg": "RS256"}, given, key if change else other)
    with pytest.raises(Exception, match=r"(?i)claim|signature|expired") as raised:
        client._claims(forged, keys, "n")
    assert "joserfc" in type(raised.value).__module__


def test_an_unsigned_token_is_no_token(client: Issuer) -> None:
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ."
    keys = {"keys": [RSAKey.generate_key(2048).as_dict(private=False)]}
    with pytest.raises(Exception, match=r"(?i)alg") as raised:
        client._claims(unsigned, keys, "n")
    assert "joserfc" in type(raised.value).__module__


def test_an_issuer_that_is_away_or_describes_another_is_told(
    signer: Signer, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("http://127.0.0.1:9", f"{issuer}/absent"):
        with pytest.raises(Unauthenticated, match="does not answer as it should"):
            Issuer(Oidc(address, "lading"), signer, CALLBACK).depart("/")
    real = httpx.get

    def another(url: str, **options: Any) -> httpx.Response:
        found = real(url, **options)
        return httpx.Response(
            200, json={**found.json(), "issuer": "https://evil.example"}, request=found.request
        )

    monkeypatch.setattr(httpx, "get", another)
    with pytest.raises(Unauthenticated, match="does not answer as it should"):
        Issuer(Oidc(issuer, "lading"), signer, CALLBACK).depart("/")
