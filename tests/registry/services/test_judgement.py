from __future__ import annotations

from datetime import UTC, datetime

import pytest

from contracts.errors import ContractError
from registry.domain.contracts import Kind, State, Version
from registry.domain.reports import Outcome
from registry.domain.traffic import Caller
from registry.services.candidates import Candidate, read
from registry.services.judgement import Facts, compare, judge
from tests.registry.examples import EVENTS, orders

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def candidate(version: str = "1.0.0", **facts: bool) -> Candidate:
    return read({"o.yaml": orders(version, **facts)}, "o.yaml")


def facts(
    version: str, base: Candidate | None = None, callers: tuple[Caller, ...] = (), profile: str = "default"
) -> Facts:
    stored = base and Version(
        1, "erp/orders", Kind.OPENAPI, base.stated, 1, State.PUBLISHED, base.root, base.digests, base.digest, base.specification,
        base.title, "", 1, NOW, "x", NOW, "x", None, None, None, None,
    )  # fmt: skip
    return Facts(
        "erp/orders", version, profile, stored or None, base, (base.stated,) if base else (), callers, NOW
    )


def test_a_first_version_passes_and_says_by_which_ruleset() -> None:
    judged = judge(candidate(), facts("1.0.0"))
    assert (judged.outcome, judged.ruleset, judged.comparison) == (Outcome.PASS, "lading:recommended", None)
    assert judged.result["outcome"] == "pass"


def test_a_breaking_change_fails_and_names_who_is_hit() -> None:
    caller = Caller("erp/orders", "1.0.0", "acme-wms", "c1", ("GET /orders/{orderId}",), 7, 0, 0, NOW, NOW)
    judged = judge(candidate("1.1.0", eta=False), facts("1.1.0", candidate(), (caller,)))
    assert judged.outcome is Outcome.FAIL
    assert judged.comparison is not None
    assert judged.comparison["verdict"] == "breaking"
    assert "acme-wms" in str(judged.result["checks"])


def test_what_an_owner_approves_beside_the_contract_does_not_count() -> None:
    base, narrowed = candidate(), orders("1.1.0", eta=False)
    first = judge(read({"o.yaml": narrowed}, "o.yaml"), facts("1.1.0", base))
    assert first.comparison is not None
    marks = [one["fingerprint"] for one in first.comparison["changes"]]
    own = "".join(
        f"- {{fingerprint: {mark}, reason: I say so., approver: me, until: 2099-01-01}}\n" for mark in marks
    )
    sent = read({"o.yaml": narrowed, "approvals.yaml": own.encode()}, "o.yaml")
    judged = judge(sent, facts("1.1.0", base))
    assert judged.outcome is Outcome.FAIL
    assert judged.result["approved"] == []


def test_references_that_lead_nowhere_fail_the_gate() -> None:
    broken = orders().replace(b"'#/components/schemas/Order'", b"other.yaml")
    judged = judge(read({"o.yaml": broken}, "o.yaml"), facts("1.0.0"))
    failing = [check for check in judged.result["checks"] if check["outcome"] == "fail"]
    assert judged.outcome is Outcome.FAIL
    assert "other.yaml" in str(failing)


def test_calls_and_events_are_not_compared_in_silence() -> None:
    with pytest.raises(ContractError, match="openapi and the revision asyncapi"):
        compare(candidate(), read({"e.yaml": EVENTS.encode()}, "e.yaml"))


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(ContractError, match="absent"):
        judge(candidate(), facts("1.0.0", profile="absent"))
