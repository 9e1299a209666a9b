"""Asking, listing and deciding, and what the registry's gate makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lading.app import open_registry
from lading.commands.waiver import State
from lading.settings import load
from registry.domain.access import PERMISSIONS, Actor, Role
from registry.domain.waivers import WaiverState
from registry.services import waivers
from tests.lading.conftest import Lading
from tests.registry.examples import orders

ARI = Actor("person", "ari@example.org", "Ari", {"erp": PERMISSIONS[Role.ARCHITECT]})
UNTIL = (datetime.now(UTC) + timedelta(days=90)).date().isoformat()
ASKED = ("waiver", "request", "erp/orders", "--until", UNTIL, "--reason", "The scanners cannot, yet.")


def granted(number: int) -> None:
    """By somebody else: this very process asked for it."""
    registry = open_registry(load())
    with registry.unit(ARI) as context:
        waivers.grant(context, number, reason="Seen.")
    registry.close()


def test_it_waits_until_somebody_else_grants_it(filled: Path, lading: Lading) -> None:
    made = lading(*ASKED, "--rule", "auth-stated", "--at", "/paths")
    assert (made.code, made.out) == (0, "waiver 1 of erp/orders, auth-stated: waits for a decision\n")
    own = lading("waiver", "grant", "1", "--reason", "Mine.")
    assert own.code == 2
    assert "You asked for waiver 1 yourself" in own.err
    granted(1)
    listed = lading("waiver", "list", "--state", "granted").out
    for words in ("auth-stated", "/paths", UNTIL, "ari@example.org", "The scanners cannot, yet."):
        assert words in listed, words
    assert lading("waiver", "list", "--format", "json").json[0]["state"] == "granted"
    assert "is withdrawn" in lading("waiver", "withdraw", "1", "--reason", "Mended.").out


def test_it_is_refused(filled: Path, lading: Lading) -> None:
    lading(*ASKED, "--rule", "naming-*")
    refused = lading("waiver", "refuse", "1", "--reason", "No.", "--format", "json").json
    assert (refused["state"], refused["decision"]) == ("refused", "No.")
    assert "no such waiver" in lading("waiver", "list", "--state", "requested").out
    again = lading("waiver", "grant", "1", "--reason", "Yes.")
    assert again.code == 2
    assert "refused already" in again.err


def test_what_makes_no_sense_is_told(filled: Path, lading: Lading) -> None:
    for more, said in (
        ((), "a rule or about a change"),
        (("--rule", "auth-stated", "--change", "f" * 32), "a rule or about a change"),
        (("--rule", "auth-stated", "--until", "2020-01-01"), "has passed"),
        (("--rule", "auth-stated", "--until", "soon"), "soon"),
        (("--rule", "auth-stated", "--days", "9"), "a last day"),
    ):
        ended = lading(*ASKED, *more)
        assert ended.code == 2
        assert said in ended.err, said
    in_days = lading(*ASKED[:3], "--days", "90", *ASKED[5:], "--rule", "auth-stated", "--format", "json").json
    assert in_days["until"] == UNTIL
    assert lading("waiver", "grant", "9", "--reason", "x").code == 2
    assert lading("waiver", "list", "--contract", "erp").code == 2


@pytest.mark.parametrize("by", ["rule", "change"])
def test_the_gate_of_the_registry_counts_what_is_granted(filled: Path, lading: Lading, by: str) -> None:
    candidate = filled / "orders.yaml"
    if by == "rule":
        candidate.write_bytes(orders("1.1.0").replace(b"security: [{ key: [] }]\n", b""))
        subject = ("--rule", "auth-stated")
    else:
        candidate.write_bytes(orders("1.1.0", eta=False))
    gate = ("gate", "orders.yaml", "--contract", "erp/orders")
    before = lading(*gate, "--format", "json")
    assert before.code == 1
    if by == "change":
        marks = [
            one["fingerprint"] for one in before.json["comparison"]["changes"] if one["verdict"] != "safe"
        ]
        subject = ("--change", marks[0])
    lading(*ASKED, *subject)
    assert lading(*gate).code == 1, "nothing passes before it is granted"
    granted(1)
    after = lading(*gate)
    assert after.code == 0, after.out
    assert f"by ari@example.org until {UNTIL}" in " ".join(after.out.split())
    assert "The scanners cannot, yet" in " ".join(after.out.split())
    published = lading("publish", "orders.yaml", "--contract", "erp/orders")
    assert published.code == 0, published.out


def test_the_states_are_those_of_the_registry() -> None:
    assert [str(one) for one in State] == [str(one) for one in WaiverState]
