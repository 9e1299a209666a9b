from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from gateway.callers.trust import Issuer
from gateway.evidence.fetching import Unreachable
from gateway.evidence.issuers import FRESH, PAUSE, STALE, IssuerSource, keys_of
from tests.gateway.callers.people import ISSUER, curve, rsa


def entry(key: Any) -> dict[str, Any]:
    return key.as_dict(private=False)  # type: ignore[no-any-return]


class World:
    """An issuer whose answers change, and a clock."""

    def __init__(self, keys: str = "") -> None:
        self.time = 0.0
        self.away = False
        self.keys: list[Any] = [entry(rsa())]
        self.metadata: dict[str, Any] = {"issuer": ISSUER, "jwks_uri": ISSUER + "/keys"}
        self.asked: list[str] = []
        self.source = IssuerSource(
            Issuer(ISSUER, ("a",), keys=keys),
            httpx.AsyncClient(transport=httpx.MockTransport(self._answer)),
            lambda: self.time,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if self.away:
            raise httpx.ConnectError("away")
        known = request.url.path.startswith("/.well-known")
        return httpx.Response(200, json=self.metadata if known else {"keys": self.keys})

    def refresh(self, after: float = 0.0) -> IssuerSource:
        self.time += after
        asyncio.run(self.source.refresh())
        return self.source


def test_keys_are_discovered_and_stay_fresh() -> None:
    world = World()
    assert world.source.due
    assert world.refresh().knows("one")
    assert world.asked == ["/.well-known/openid-configuration", "/keys"]
    assert not world.source.due
    world.time += FRESH
    assert world.source.due


def test_a_configured_address_needs_no_discovery() -> None:
    world = World(keys=ISSUER + "/mine")
    world.refresh()
    assert world.asked == ["/mine"]


def test_rotation() -> None:
    world = World()
    world.refresh()
    world.keys = [entry(rsa()), entry(curve())]
    assert not world.refresh(PAUSE - 1).knows("two")
    assert world.refresh(1).knows("two")
    world.keys = [entry(curve())]
    assert not world.refresh(PAUSE).knows("one")


def test_an_issuer_that_is_away_at_first() -> None:
    world = World()
    world.away = True
    assert world.refresh().keys is None
    assert (world.source.problem, world.source.failures) == ("cannot be reached: ConnectError", 1)
    world.away = False
    world.refresh(PAUSE / 2)
    assert len(world.asked) == 1
    assert world.refresh(PAUSE).knows("one")
    assert world.source.problem == ""


def test_an_issuer_that_goes_away_is_believed_for_a_day() -> None:
    world = World()
    world.refresh()
    world.away = True
    assert world.refresh(STALE - 1).knows("one")
    assert world.source.due is False
    assert world.refresh(PAUSE + 1).keys is None


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://other.example"},
        {"jwks_uri": None},
        {"jwks_uri": "http://issuer.example/keys"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_metadata_that_is_not_the_issuer_s(changes: dict[str, Any]) -> None:
    world = World()
    world.metadata.update(changes)
    assert world.refresh().keys is None
    assert "metadata" in world.source.problem


def test_keys_that_are_secrets_or_nonsense_are_left_out() -> None:
    oct_key = {"kty": "oct", "k": "c2VjcmV0", "kid": "one"}
    held = keys_of({"keys": [oct_key, {"kty": "RSA", "kid": "broken"}, "text", entry(curve())]})
    assert [key.kid for key in held.keys] == ["two"]
    for nothing in ({}, {"keys": []}, {"keys": [oct_key]}, {"keys": "x"}):
        with pytest.raises(Unreachable, match="no usable key"):
            keys_of(nothing)
