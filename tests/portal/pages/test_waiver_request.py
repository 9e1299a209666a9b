"""Asking for a waiver."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from registry.domain.access import SYSTEM
from tests.portal.conftest import Opener, Site
from tests.portal.seeds import VIEWER
from tests.portal.typing_in import sent

FORM = {"contract": "erp/orders", "rule": "auth-stated", "reason": "Soon.", "pointer": "", "fingerprint": ""}


def day(site: Site, days: int) -> str:
    with site.registry.unit.read(SYSTEM) as context:
        return (context.now.date() + timedelta(days=days)).isoformat()


def test_what_is_asked_for_waits_for_a_decision(fresh: Site) -> None:
    with fresh.client() as client:
        answer = sent(client, "/waivers/new", **FORM, until=day(fresh, 30))
        assert (answer.status_code, answer.headers["location"]) == (303, "/waivers/3")
        page = client.get("/waivers/3").text
        assert "waiting" in page
        assert "You asked for it yourself" in page
        assert "Grant…" not in page


@pytest.mark.parametrize(
    ("wrong", "said"), [({"until": "soon"}, "Say until when"), ({"rule": "no rule"}, "one rule by its code")]
)
def test_what_was_typed_stays_when_something_is_wrong(fresh: Site, wrong: dict[str, str], said: str) -> None:
    with fresh.client() as client:
        page = sent(client, "/waivers/new", **{**FORM, "until": day(fresh, 30), **wrong})
        assert page.status_code == 422
        assert said in page.text
        assert 'value="Soon."' in page.text
    with fresh.client(VIEWER) as client:
        assert sent(client, "/waivers/new", **FORM, until=day(fresh, 30)).status_code == 403


def test_a_change_is_asked_for_by_its_fingerprint(client: httpx.Client) -> None:
    page = client.get(f"/waivers/new?contract=erp/orders&change={'a' * 32}").text
    assert f'value="{"a" * 32}"' in page
    assert 'id="rule"' not in page


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_finding_the_form_comes_filled_in(fresh: Site, window: Opener, scripts: bool) -> None:
    page = window(fresh, scripts=scripts).open("/contracts/events/unruly/findings")
    page.get_by_role("link", name="Ask for a waiver").first.click()
    assert page.get_by_label("Contract", exact=True).input_value() == "events/unruly"
    assert page.get_by_label("Rule", exact=True).input_value()
    page.get_by_label("Reason").fill("Mended with the next release.")
    page.get_by_role("button", name="Ask for it").click()
    assert "Mended with the next release." in page.inner_text("main")


@pytest.mark.browser
def test_from_a_refused_change_the_form_comes_filled_in(site: Site, window: Opener) -> None:
    page = window(site).open(f"/gate-runs/{site.seeded.refused.id}")
    page.get_by_role("link", name="Ask for a waiver of this change").first.click()
    assert len(page.get_by_label("Change").input_value()) == 32
