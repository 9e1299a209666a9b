"""Two versions of one line under one base path, and who is served which."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from gateway.callers.evidence import NONE, IssuerKeys
from gateway.callers.trust import Issuer, Trust
from gateway.pipeline import admit, decide
from gateway.rates import Rates
from gateway.rules import Rules
from gateway.snapshot.compiling import Compiled, compile_contract
from gateway.snapshot.contract import Consumer, Contract, Key, Plan
from gateway.snapshot.snapshot import Snapshot, snapshot
from gateway.verdicts import Decision, Request
from tests.gateway.callers.people import ISSUER, NOW, known, rsa, token
from tests.gateway.world import ORDERS, api_of

NEW = ORDERS.replace("version: 1.2.0", "version: 1.5.0").replace(
    "required: [sku, quantity]", "required: [sku, quantity, price]"
)
OLD = ORDERS.replace("version: 1.2.0", "version: 1.4.2").replace("  /events:", "  /legacy:")
PLAN = Plan("standard", 2, 60, 2)
LINE = ("erp/orders", 1)


def compiled(text: str, version: str, **changes: object) -> Compiled:
    contract = Contract(
        "erp/orders", version, ("/erp/v1",), (f"http://{version}:1",), upstream_path="", access="key"
    )
    return compile_contract(replace(contract, **changes), api_of(text))  # type: ignore[arg-type]


def key(name: str) -> bytes:
    return f"lk_{name:k<8}_secret".encode()


def world(**changes: object) -> Snapshot:
    people = [
        Consumer("c1", "pinned", {LINE: PLAN}, {}, {LINE: "1.4.2"}),
        Consumer("c2", "free", {LINE: PLAN}),
        Consumer("c3", "ahead", {LINE: PLAN}, {}, {LINE: "1.5.0"}),
        Consumer("c4", "lost", {LINE: PLAN}, {}, {LINE: "1.3.0"}),
    ]
    keys = {
        f"{held.name:k<8}": Key(held.name, hashlib.sha256(key(held.name)).digest(), None, held)
        for held in people
    }
    return snapshot(
        [compiled(NEW, "1.5.0")],
        id="t",
        keys=keys,
        consumers=people,
        pinned=[compiled(OLD, "1.4.2", **changes)],
    )


def call(
    held: Snapshot, who: str, method: str = "GET", path: bytes = b"/erp/v1/orders", rates: Rates | None = None
) -> Decision:
    headers = [(b"x-api-key", key(who))] if who else []
    return admit(held, Request(method, path, headers=headers), rates, 0.0)


def reason(decision: Decision) -> tuple[int, str] | None:
    return None if decision.refusal is None else (decision.refusal.status, decision.refusal.code)


def version(decision: Decision) -> str | None:
    return decision.contract.version if decision.contract is not None else None


@pytest.mark.parametrize(("who", "served"), [("pinned", "1.4.2"), ("free", "1.5.0"), ("ahead", "1.5.0")])
def test_each_consumer_is_served_its_version(who: str, served: str) -> None:
    decision = call(world(), who)
    assert (reason(decision), version(decision)) == (None, served)
    assert decision.operation is not None
    assert decision.operation.contract.upstreams == (f"http://{served}:1",)
    assert decision.target == b"/orders"
    assert decision.consumer is not None


def test_bodies_are_held_against_the_pinned_version() -> None:
    body = b'{"sku":"a","quantity":1}'
    headers = [
        (b"content-type", b"application/json"),
        (b"idempotency-key", b"6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"),
    ]
    request = ("POST", b"/erp/v1/orders", b"")
    old = decide(world(), Request(*request, [*headers, (b"x-api-key", key("pinned"))], body))
    new = decide(world(), Request(*request, [*headers, (b"x-api-key", key("free"))], body))
    assert (reason(old), reason(new)) == (None, (422, "invalid-request"))


def test_paths_belong_to_the_version() -> None:
    held = world()
    assert version(call(held, "pinned", path=b"/erp/v1/legacy")) == "1.4.2"
    assert reason(call(held, "free", path=b"/erp/v1/legacy")) == (404, "not-found")
    assert reason(call(held, "", path=b"/erp/v1/legacy")) == (404, "not-found")
    gone = call(held, "pinned", path=b"/erp/v1/events")
    assert (reason(gone), version(gone)) == ((404, "not-found"), "1.4.2")
    assert reason(call(held, "pinned", path=b"/erp/v1/nowhere")) == (404, "not-found")


def test_methods_belong_to_the_version() -> None:
    fewer = OLD.replace("    post:\n", "    x-post:\n")
    held = replace_pinned(world(), compiled(fewer, "1.4.2"))
    refused = call(held, "pinned", "POST")
    assert reason(refused) == (405, "method-not-allowed")
    assert refused.refusal is not None
    assert refused.refusal.headers == ((b"allow", b"GET"),)


def test_a_version_that_is_not_there_refuses_those_who_are_pinned_to_it() -> None:
    held = world(broken="it cannot be read")
    assert reason(call(held, "lost")) == (503, "pinned-version")
    broken = call(held, "pinned")
    assert reason(broken) == (503, "pinned-version")
    assert "it cannot be read" in (broken.refusal.detail if broken.refusal else "")
    assert reason(call(held, "free")) is None


def test_the_pinned_version_has_its_own_end() -> None:
    held = world(sunset=-1.0)
    assert reason(call(held, "pinned")) == (410, "gone")
    assert reason(call(held, "free")) is None


def test_the_plan_is_one_for_the_line() -> None:
    held, rates = world(), Rates()
    answers = [reason(call(held, "pinned", rates=rates)) for _ in range(3)]
    assert answers == [None, None, (429, "rate-limited")]


def test_of_the_registrys_key_presence_is_asked_by_the_pinned_version_alone() -> None:
    """Where credentials only have to be there, the caller is known by its key, and then the pinned version says which."""
    new, old = secured(NEW, "[{oauth: [read]}]"), secured(OLD, "[{other: []}]")
    held = replace(world(), compiled=())
    held = snapshot(
        [compiled(new, "1.5.0", **rules(new, "presence"))],
        id="t",
        keys=held.keys,
        consumers=held.consumers.values(),
        pinned=[compiled(old, "1.4.2", **rules(old, "presence"))],
    )
    assert reason(call(held, "pinned")) == (401, "no-credentials")
    for who, header, expected in (
        ("pinned", (b"x-other", b"x"), None),
        ("pinned", (b"authorization", b"Bearer x"), (401, "no-credentials")),
        ("free", (b"x-other", b"x"), (401, "no-credentials")),
        ("free", (b"authorization", b"Bearer x"), None),
    ):
        request = Request("GET", b"/erp/v1/orders", headers=[(b"x-api-key", key(who)), header])
        assert reason(admit(held, request, None, 0.0, NONE)) == expected, (who, header)


SCHEMES = """components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://issuer.example/t, scopes: {read: r, write: w}}}}
    key: {type: apiKey, in: header, name: X-Key}
    other: {type: apiKey, in: header, name: X-Other}
    tls: {type: mutualTLS}
    odd: {type: quantum}
"""


def secured(text: str, security: str) -> str:
    return text.replace("paths:", f"security: {security}\npaths:").replace("components:\n", SCHEMES)


def rules(text: str, security: str, **more: Any) -> dict[str, Any]:
    made = Rules(security=security, **more)  # type: ignore[arg-type]
    return {"rules": made, "schemes": api_of(text).security_schemes}


PEOPLE = [
    Consumer("c1", "pinned", {LINE: PLAN}, {}, {LINE: "1.4.2"}),
    Consumer("c2", "free", {LINE: PLAN}),
    Consumer("c3", "older", {LINE: PLAN}, {}, {LINE: "1.4.1"}),
]
TRUST = Trust(issuers={ISSUER: Issuer(ISSUER, ("orders",))})


def house(new: str, *old: str, access: str = "key", **more: Any) -> Snapshot:
    """A line whose versions ask for these credentials; `old` are 1.4.2 and 1.4.1."""
    texts = [secured(NEW, new), *(secured(OLD, security) for security in old)]
    made = [
        compiled(text, version, access=access, **rules(text, "verify", **more))
        for text, version in zip(texts, ("1.5.0", "1.4.2", "1.4.1"), strict=False)
    ]
    keys = {
        f"{held.name:k<8}": Key(held.name, hashlib.sha256(key(held.name)).digest(), None, held)
        for held in PEOPLE
    }
    return snapshot(made[:1], id="t", keys=keys, consumers=PEOPLE, pinned=made[1:])


def shows(held: Snapshot, *credentials: str, path: bytes = b"/erp/v1/orders", **options: Any) -> Decision:
    """`key:NAME` is the key of a consumer in X-Key, `oauth:NAME` a token of its, with the scope `read` unless another is
    said after a slash."""
    headers = []
    for text in credentials:
        kind, _, who = text.partition(":")
        name, _, scope = who.partition("/")
        if kind == "key":
            headers.append((b"x-key", key(name)))
        else:
            held_token = token(client_id=name, scope=scope or "read")
            headers.append((b"authorization", b"Bearer " + held_token.encode()))
    request = Request("GET", path, headers=headers, peer="192.0.2.1")
    return admit(held, request, None, NOW, known(TRUST, rsa()), **options)


STRONGER = ("[{oauth: [read]}]", "[{key: []}]")
"""The newest version asks for a token where the old one asks for a key."""


@pytest.mark.parametrize(
    ("security", "credentials", "expected"),
    [
        # The pinned version's own requirement is enough, and nothing else is.
        (STRONGER, ["key:pinned"], "1.4.2"),
        (STRONGER, ["key:pinned", "oauth:pinned"], "1.4.2"),
        (STRONGER, ["oauth:pinned"], (401, "no-key")),
        (STRONGER, ["oauth:free"], "1.5.0"),
        # Without a pin the old version's key opens nothing.
        (STRONGER, ["key:free"], (401, "no-token")),
        (STRONGER, ["key:nobody"], (401, "no-token")),
        (STRONGER, [], (401, "no-token")),
        # Nor does the key of somebody who is pinned to another version.
        (STRONGER, ["key:older"], (401, "no-token")),
        ((*STRONGER, "[{oauth: [write]}]"), ["key:older"], (401, "no-token")),
        ((*STRONGER, "[{oauth: [write]}]"), ["oauth:older/write"], "1.4.1"),
        ((*STRONGER, "[{oauth: [write]}]"), ["oauth:older/read"], (403, "insufficient-scope")),
        ((*STRONGER, "[{oauth: [write]}]"), ["key:pinned"], "1.4.2"),
        # Two callers in one call are none.
        (STRONGER, ["oauth:pinned", "key:free"], (403, "two-callers")),
        (STRONGER, ["oauth:free", "key:pinned"], "1.5.0"),
        # The other way round: a pin to a version that asks for more asks for more.
        (STRONGER[::-1], ["key:pinned"], (401, "no-token")),
        (STRONGER[::-1], ["oauth:pinned"], "1.4.2"),
        (STRONGER[::-1], ["oauth:free"], (401, "no-key")),
        (STRONGER[::-1], ["key:free"], "1.5.0"),
        # AND and OR are those of the pinned version.
        (("[{oauth: [read]}]", "[{oauth: [read], key: []}]"), ["oauth:pinned"], (401, "no-key")),
        (("[{oauth: [read]}]", "[{oauth: [read], key: []}]"), ["oauth:pinned", "key:pinned"], "1.4.2"),
        (("[{oauth: [read]}]", "[{oauth: [read], key: []}]"), ["key:pinned"], (401, "no-token")),
        (("[{oauth: [read]}]", "[{tls: []}, {key: []}]"), ["key:pinned"], "1.4.2"),
        (("[{oauth: [read], key: []}]", "[{key: []}]"), ["key:pinned"], "1.4.2"),
        (("[{oauth: [read], key: []}]", "[{key: []}]"), ["key:free"], (401, "no-token")),
        # A scheme that cannot be evaluated is never met, in whichever version.
        (("[{oauth: [read]}]", "[{odd: []}]"), ["oauth:pinned"], (503, "scheme-not-evaluated")),
        (("[{odd: []}]", "[{key: []}]"), ["key:pinned"], "1.4.2"),
        (("[{odd: []}]", "[{key: []}]"), ["key:free"], (503, "scheme-not-evaluated")),
        # An optional requirement names nobody, and so opens its version to nobody who is not named.
        (("[{oauth: [read]}]", "[{}, {key: []}]"), [], (401, "no-token")),
        (("[{oauth: [read]}]", "[{}, {key: []}]"), ["key:free"], (401, "no-token")),
        (("[{oauth: [read]}]", "[{}, {key: []}]"), ["key:pinned"], "1.4.2"),
    ],
)  # fmt: skip
def test_it_is_the_pinned_versions_security_that_has_to_be_met(
    security: tuple[str, ...], credentials: list[str], expected: str | tuple[int, str]
) -> None:
    decision = shows(house(*security), *credentials)
    assert (reason(decision) or version(decision)) == expected
    if isinstance(expected, str):
        assert decision.consumer is not None
        assert decision.consumer.pins.get(LINE, "1.5.0") == expected


@pytest.mark.parametrize(
    ("security", "credentials", "expected", "who"),
    [
        (("[{}, {oauth: [read]}]", "[{key: []}]"), [], "1.5.0", None),
        (("[{}, {oauth: [read]}]", "[{key: []}]"), ["key:pinned"], "1.4.2", "c1"),
        (("[{}, {oauth: [read]}]", "[{key: []}]"), ["key:free"], "1.5.0", None),
        (("[{}, {oauth: [read]}]", "[{key: []}]"), ["oauth:pinned"], (401, "no-key"), None),
        (("[{oauth: [read]}]", "[{}]"), [], (401, "no-token"), None),
        (("[{oauth: [read]}]", "[{}]"), ["oauth:pinned"], "1.4.2", "c1"),
        (("[{oauth: [read]}]", "[]"), ["oauth:pinned"], "1.4.2", "c1"),
        (("[{oauth: [read]}]", "[]"), [], (401, "no-token"), None),
        (("[]", "[{key: []}]"), ["key:pinned"], "1.4.2", "c1"),
        (("[]", "[{key: []}]"), [], "1.5.0", None),
    ],
)
def test_where_anyone_may_call_a_caller_is_known_by_what_it_shows(
    security: tuple[str, ...], credentials: list[str], expected: str | tuple[int, str], who: str | None
) -> None:
    decision = shows(house(*security, access="open"), *credentials)
    assert (reason(decision) or version(decision)) == expected
    assert (decision.consumer.id if decision.consumer is not None else None) == who


def test_credentials_of_both_versions_are_what_the_caller_was_known_by() -> None:
    decision = shows(house(*STRONGER), "oauth:pinned", "key:pinned")
    assert [proof.scheme for proof in decision.proofs] == ["key", "oauth"]


def test_what_has_to_be_known_first_is_asked_for_by_either_version() -> None:
    held = house("[{key: []}]", "[{oauth: [read]}]")
    request = Request(
        "GET",
        b"/erp/v1/orders",
        headers=[(b"authorization", b"Bearer " + token(client_id="pinned").encode())],
    )
    asked = admit(held, request, None, NOW, known(TRUST))
    assert asked.needs == (IssuerKeys(ISSUER),)
    assert reason(admit(held, request, None, NOW, known(TRUST), final=True)) == (401, "no-key")
    assert version(admit(held, request, None, NOW, known(TRUST, rsa()))) == "1.4.2"


def test_a_path_that_only_the_old_version_has_minds_its_own_networks() -> None:
    legacy = b"/erp/v1/legacy"
    assert version(shows(house(*STRONGER), "key:pinned", path=legacy)) == "1.4.2"
    assert reason(shows(house(*STRONGER), "key:free", path=legacy)) == (404, "not-found")
    away = house(*STRONGER, networks=("10.0.0.0/8",))
    assert reason(shows(away, "key:pinned", path=legacy)) == (404, "not-found")
    assert reason(shows(away, "key:pinned")) == (403, "address-refused")


def replace_pinned(held: Snapshot, entry: Compiled) -> Snapshot:
    return snapshot(held.compiled, id="t", keys=held.keys, consumers=held.consumers.values(), pinned=[entry])
