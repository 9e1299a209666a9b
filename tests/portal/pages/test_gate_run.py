"""One gate run and its reasons."""

from __future__ import annotations

from datetime import timedelta

import httpx

from registry.domain.access import PERMISSIONS, SYSTEM, Actor, Role
from registry.domain.waivers import Request
from registry.services import publishing, waivers
from registry.services.publishing import Proposal
from tests.portal.conftest import Site
from tests.portal.seeds import UNRULY


def test_a_refusal_says_what_it_would_break_and_what_to_do(client: httpx.Client, site: Site) -> None:
    page = client.get(f"/gate-runs/{site.seeded.refused.id}").text
    assert "Refused: nothing was stored" in page
    assert "recipient.phone" in page
    assert "was last-mile.yaml:" in page
    assert "/publish?contract=last-mile%2Fdelivery" in page


def test_what_was_let_in_leads_to_what_is_there(client: httpx.Client) -> None:
    page = client.get("/gate-runs/1").text
    assert "Read it" in page


def test_what_is_waived_is_told_with_who_granted_it(fresh: Site) -> None:
    contract = "events/unruly"
    with fresh.registry.unit(SYSTEM) as context:
        until = context.now.date() + timedelta(days=30)
        waivers.refuse(context, 1, reason="Not there alone.")
    with fresh.registry.unit(SYSTEM) as context:
        asked = Request(contract, "Scanners first.", until, rule="auth-stated")
        made = waivers.request(context, asked, longest=timedelta(days=60))
    ari = Actor("person", "ari@example.org", "Ari", {"events": PERMISSIONS[Role.ARCHITECT]})
    with fresh.registry.unit(ari) as context:
        waivers.grant(context, made.id, reason="Agreed.")
    changed = UNRULY.replace(b"version: 1.0.0", b"version: 1.0.1")
    run = publishing.check(fresh.registry, SYSTEM, Proposal(contract, {"u.yaml": changed}, "u.yaml"))
    with fresh.client() as client:
        page = client.get(f"/gate-runs/{run.id}").text
    assert '<h2 id="waived">Waived</h2>' in page
    assert f"waived by ari@example.org until {until}, for lading: Scanners first." in page


def test_an_owner_may_ask_for_a_waiver_of_what_was_refused_and_a_viewer_not(
    client: httpx.Client, viewer: httpx.Client, site: Site
) -> None:
    path = f"/gate-runs/{site.seeded.refused.id}"
    assert "/waivers/new?contract=last-mile%2Fdelivery&amp;change=" in client.get(path).text
    assert "/waivers/new" not in viewer.get(path).text
