from __future__ import annotations

import hashlib
from dataclasses import replace

from gateway.callers.evidence import BODY, Evidence, IssuerKeys
from gateway.callers.trust import Signature, Trust
from gateway.pipeline import admit, decide
from gateway.rules import Rules
from gateway.snapshot.contract import Consumer, Plan
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Header, Request
from tests.gateway.callers import people
from tests.gateway.callers.people import NOW, TRUSTED, bearer, known, rsa, token
from tests.gateway.world import GOOD, HEADERS, ORDERS, orders, with_access

SECURED = (
    ORDERS.replace("    post:\n", "    post:\n      security: [{hook: []}]\n", 1).replace(
        "    get:\n", "    get:\n      security: [{oauth: [read]}]\n", 1
    )
    + """  securitySchemes:
    hook: {type: apiKey, in: header, name: webhook-signature}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: https://a.example, scopes: {read: r}}}}
"""
)


def snapshot(*consumers: Consumer, access: str = "open", version: str = "1.2.0") -> Snapshot:
    held = orders(text=SECURED, rules=Rules(security="verify"))
    made = with_access(held, {}, access=access, version=version)
    return replace(made, consumers={name: one for one in consumers for name in (one.id, one.name)})


def get(held: Snapshot, headers: list[Header], evidence: Evidence, **options: bool) -> Decision:
    request = Request("GET", b"/erp/v1/orders", headers=headers)
    return admit(held, request, None, NOW, evidence, **options)


def code(decision: Decision) -> tuple[int, str] | None:
    return (decision.refusal.status, decision.refusal.code) if decision.refusal is not None else None


ACME = Consumer("c1", "acme-wms", {("Orders", 1): Plan("standard", 60, 60, 2)})


def test_a_token_makes_a_consumer() -> None:
    held = snapshot(ACME, access="key")
    decision = get(held, bearer(token()), known(TRUSTED, rsa()))
    assert (code(decision), decision.consumer) == (None, ACME)
    assert code(get(held, [], known(TRUSTED, rsa()))) == (401, "no-token")
    assert code(get(held, bearer(token(scope="x")), known(TRUSTED, rsa()))) == (403, "insufficient-scope")


def test_where_a_subscription_is_needed_strangers_are_refused() -> None:
    assert code(get(snapshot(access="key"), bearer(token()), known(TRUSTED, rsa()))) == (
        403,
        "unknown-consumer",
    )
    other = snapshot(ACME, access="key", version="2.0.0")
    assert code(get(other, bearer(token()), known(TRUSTED, rsa()))) == (403, "not-subscribed")


def test_where_anyone_may_call_a_stranger_is_known_by_its_token() -> None:
    decision = get(snapshot(), bearer(token()), known(TRUSTED, rsa()))
    assert (code(decision), decision.consumer) == (None, None)
    assert decision.caller == f"{people.ISSUER} acme-wms"


def test_what_is_not_known_is_a_need_and_not_a_pass() -> None:
    decision = get(snapshot(), bearer(token()), known(TRUSTED))
    assert (code(decision), decision.needs) == (None, (IssuerKeys(people.ISSUER),))
    assert code(get(snapshot(), bearer(token()), known(TRUSTED), final=True)) == (
        503,
        "credentials-unchecked",
    )
    request = Request("GET", b"/erp/v1/orders", headers=bearer(token()))
    assert code(decide(snapshot(), request, now=NOW, evidence=known(TRUSTED))) == (
        503,
        "credentials-unchecked",
    )


def test_without_any_trust_nothing_that_needs_it_passes() -> None:
    assert code(get(snapshot(ACME), bearer(token()), Evidence())) == (503, "scheme-not-evaluated")


def test_a_signature_is_judged_with_the_body() -> None:
    import base64
    import hmac

    secret = b"s" * 24
    evidence = known(Trust(signatures={"hook": Signature((secret,), consumer="acme-wms")}))
    digest = hmac.digest(secret, b"m.%d.%s" % (int(NOW), GOOD), hashlib.sha256)
    headers = [
        *HEADERS, (b"webhook-id", b"m"), (b"webhook-timestamp", b"%d" % int(NOW)),
        (b"webhook-signature", b"v1," + base64.b64encode(digest)),
    ]  # fmt: skip
    request = Request("POST", b"/erp/v1/orders", headers=headers, body=GOOD)
    held = snapshot(ACME, access="key")
    assert admit(held, request, None, NOW, evidence).needs == (BODY,)
    decision = decide(held, request, now=NOW, evidence=evidence)
    assert (code(decision), decision.consumer) == (None, ACME)
    request.body = GOOD + b" "
    assert code(decide(held, request, now=NOW, evidence=evidence)) == (401, "invalid-signature")
