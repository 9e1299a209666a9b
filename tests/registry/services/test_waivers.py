"""Who may ask, who may decide, and what the gate makes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from registry.domain.access import PERMISSIONS, SYSTEM, Actor, Role
from registry.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from registry.domain.reports import GateRun, Outcome
from registry.domain.waivers import Request, Waiver, WaiverState
from registry.services import Registry, audit, judgement, publishing, versions, waivers
from registry.services.publishing import Proposal
from tests.registry.conftest import Clock
from tests.registry.examples import orders, proposal

YEAR = timedelta(days=365)
UNTIL = date(2027, 3, 31)
RULE = "auth-scheme-declared"


def somebody(name: str, role: Role, domain: str = "erp") -> Actor:
    return Actor("person", name, name, {domain: PERMISSIONS[role]})


OLGA = somebody("olga@example.org", Role.OWNER)
ARI = somebody("ari@example.org", Role.ARCHITECT)


def asked(registry: Registry, actor: Actor = OLGA, **facts: Any) -> Waiver:
    given: dict[str, Any] = {
        "contract": "erp/orders",
        "reason": "The ERP cannot, yet.",
        "until": UNTIL,
        "rule": "naming-*",
    }
    with registry.unit(actor) as context:
        return waivers.request(context, Request(**{**given, **facts}), longest=YEAR)


def decided(
    registry: Registry, one: Waiver, actor: Actor = ARI, by: Callable[..., Waiver] = waivers.grant
) -> Waiver:
    with registry.unit(actor) as context:
        return by(context, one.id, reason="Seen with the buyers.")


def gated(registry: Registry, offered: Proposal) -> GateRun:
    return publishing.check(registry, SYSTEM, offered)


def said(run: GateRun) -> str:
    return " ".join(str(check["reason"]) for check in run.checks)


def test_it_is_asked_for_and_granted_and_both_are_in_the_audit(published: Registry) -> None:
    one = asked(published)
    assert (one.state, one.requested_by, one.decided_by) == (WaiverState.REQUESTED, "olga@example.org", None)
    granted = decided(published, one)
    assert (granted.state, granted.decided_by, granted.decision) == (
        WaiverState.GRANTED,
        "ari@example.org",
        "Seen with the buyers.",
    )
    assert decided(published, one) == granted, "again is a no-op"
    with published.unit.read(SYSTEM) as context:
        actions = [entry.action for entry in audit.browse(context, subject="erp/orders").items]
        assert actions.count("waiver.requested") == actions.count("waiver.granted") == 1
        assert waivers.get(context, one.id) == granted


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"rule": None}, Invalid),
        ({"change": "f" * 32}, Invalid),
        ({"rule": "no rule"}, Invalid),
        ({"rule": None, "change": "short"}, Invalid),
        ({"rule": None, "change": "f" * 32, "pointer": ""}, Invalid),
        ({"fingerprint": "short"}, Invalid),
        ({"pointer": "paths"}, Invalid),
        ({"pointer": "/\0"}, Invalid),
        ({"reason": " "}, Invalid),
        ({"reason": "x" * 2001}, Invalid),
        ({"until": date(2026, 11, 22)}, Invalid),
        ({"until": date(2027, 11, 24)}, Invalid),
        ({"contract": "erp"}, Invalid),
        ({"contract": "erp/absent"}, NotFound),
    ],
)
def test_what_is_asked_must_make_sense(
    published: Registry, wrong: dict[str, Any], error: type[DomainError]
) -> None:
    with pytest.raises(error):
        asked(published, **wrong)


def test_owners_ask_in_their_domain_and_architects_decide_in_theirs(published: Registry) -> None:
    with pytest.raises(Forbidden):
        asked(published, somebody("eve", Role.OWNER, "carrier"))
    with pytest.raises(Forbidden):
        asked(published, somebody("vic", Role.VIEWER))
    one = asked(published)
    for other in (OLGA, somebody("eve", Role.ARCHITECT, "carrier"), somebody("otto", Role.OPERATOR)):
        with pytest.raises(Forbidden, match="waivers:decide"):
            decided(published, one, other)


@pytest.mark.parametrize("actor", [ARI, SYSTEM])
def test_nobody_grants_their_own(published: Registry, actor: Actor) -> None:
    own = asked(published, actor)
    with pytest.raises(Forbidden, match="yourself"):
        decided(published, own, actor)
    assert decided(published, own, actor, waivers.refuse).state is WaiverState.REFUSED


def test_what_was_decided_is_not_decided_again(published: Registry) -> None:
    refused = decided(published, asked(published), by=waivers.refuse)
    for by in (waivers.grant, waivers.withdraw):
        with pytest.raises(Conflict):
            decided(published, refused, by=by)
    withdrawn = decided(published, asked(published), OLGA, waivers.withdraw)
    assert withdrawn.state is WaiverState.WITHDRAWN
    with pytest.raises(Conflict):
        decided(published, withdrawn)


def test_one_that_ended_while_it_waited_is_not_granted(published: Registry, clock: Clock) -> None:
    one = asked(published)
    clock.forward(days=200)
    with pytest.raises(Conflict, match="asked for until"):
        decided(published, one)


def test_the_same_is_asked_once_and_not_without_end(
    published: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(published)
    with pytest.raises(Conflict, match="the same already"):
        asked(published)
    asked(published, pointer="/paths")
    monkeypatch.setattr(waivers, "MOST_OPEN", 2)
    with pytest.raises(Conflict, match="2 waivers"):
        asked(published, pointer="/info")


def test_they_are_listed_by_contract_state_and_rule_and_paged(published: Registry, clock: Clock) -> None:
    first = decided(published, asked(published, until=date(2026, 12, 1)))
    second, third = decided(published, asked(published)), asked(published, rule="auth-stated")
    with published.unit.read(SYSTEM) as context:
        assert [one.id for one in waivers.browse(context).items] == [third.id, second.id, first.id]
        assert [one.id for one in waivers.browse(context, rule="auth-stated").items] == [third.id]
        assert waivers.browse(context, contract="erp/other").items == ()
        page = waivers.browse(context, limit=2)
        assert [one.id for one in waivers.browse(context, after=page.after).items] == [first.id]
        with pytest.raises(Invalid):
            waivers.browse(context, state="maybe")
    clock.forward(days=30)
    with published.unit.read(SYSTEM) as context:
        listed = {
            str(state): [one.id for one in waivers.browse(context, state=state).items]
            for state in WaiverState
        }
    assert listed == {
        "requested": [third.id], "granted": [second.id], "expired": [first.id], "refused": [], "withdrawn": [],
    }  # fmt: skip


def test_what_waits_is_told_to_those_who_may_decide(published: Registry) -> None:
    one = asked(published)
    for actor, expected in ((ARI, [one.id]), (OLGA, []), (somebody("eve", Role.ARCHITECT, "carrier"), [])):
        with published.unit.read(actor) as context:
            assert [each.id for each in waivers.waiting(context)] == expected
    with pytest.raises(NotFound):
        decided(published, one, by=lambda context, _, reason: waivers.grant(context, 99, reason=reason))


BREAKING = proposal("1.1.0", orders("1.1.0", eta=False))


def change_of(run: GateRun) -> str:
    marks = [
        one["fingerprint"] for one in run.result["comparison"]["changes"] if one["verdict"] == "breaking"
    ]
    assert len(marks) == 1
    return str(marks[0])


def test_a_granted_waiver_of_a_change_lets_it_be_published(published: Registry, clock: Clock) -> None:
    one = asked(published, rule=None, change=change_of(gated(published, BREAKING)))
    assert gated(published, BREAKING).outcome is Outcome.FAIL, "nothing passes before it is granted"
    decided(published, one)
    run = gated(published, BREAKING)
    assert run.outcome is Outcome.PASS, run.checks
    assert "approved by ari@example.org until 2027-03-31: The ERP cannot, yet" in said(run)
    clock.forward(days=200)
    late = gated(published, BREAKING)
    assert late.outcome is Outcome.FAIL
    assert "ended on 2027-03-31" in said(late)


NAMELESS = orders("1.1.0").replace(b"security: [{ key: [] }]\n", b"")
"""What nobody says who may call is an error of the lint."""


def test_a_granted_waiver_of_a_rule_lets_a_finding_pass(published: Registry, clock: Clock) -> None:
    offered = proposal("1.1.0", NAMELESS)
    before = gated(published, offered)
    errors = [one["code"] for one in before.result["findings"] if one["severity"] == 0]
    assert errors == ["auth-stated"]
    one = decided(published, asked(published, rule="auth-stated"))
    run = gated(published, offered)
    lint = next(check for check in run.checks if check["name"] == "lint")
    assert lint["outcome"] == "pass", run.checks
    (suppressed,) = run.result["suppressed"]
    expected = "waived by ari@example.org until 2027-03-31, for olga@example.org: The ERP cannot, yet."
    assert suppressed["suppressed"]["reason"] == expected
    clock.forward(days=200)
    late = gated(published, offered)
    told = [found for found in late.result["findings"] if found["code"] == "waiver-expired"]
    assert late.outcome is Outcome.FAIL
    assert [found["source"] for found in told] == [f"waivers/{one.id}"]


def test_which_waivers_a_version_needed_is_kept(published: Registry) -> None:
    one, idle = asked(published, rule="auth-stated"), asked(published, rule="naming-*")
    for each in (one, idle):
        decided(published, each)
    made = publishing.publish(published, SYSTEM, proposal("1.1.0", NAMELESS, source="import"))
    assert made.status == "stored"
    with published.unit.read(SYSTEM) as context:
        assert waivers.get(context, one.id).used_at == context.now
        assert waivers.get(context, idle.id).unused_in == "1.1.0"
    publishing.publish(published, SYSTEM, proposal("1.2.0", orders("1.2.0"), source="import"))
    with published.unit.read(SYSTEM) as context:
        assert waivers.get(context, one.id).unused_in == "1.2.0"


def test_one_that_is_withdrawn_while_the_gate_looks_lets_nothing_pass(
    published: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = decided(published, asked(published, rule=None, change=change_of(gated(published, BREAKING))))
    judge = judgement.judge

    def meanwhile(*arguments: Any) -> judgement.Judgement:
        decided(published, one, OLGA, waivers.withdraw)
        return judge(*arguments)

    monkeypatch.setattr(judgement, "judge", meanwhile)
    made = publishing.publish(published, SYSTEM, BREAKING)
    assert made.status == "refused"
    with published.unit.read(SYSTEM) as context, pytest.raises((NotFound, Stale)):
        versions.get(context, "erp/orders", "1.1.0")
