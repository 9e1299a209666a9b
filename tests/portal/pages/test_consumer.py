"""One consumer: subscriptions, and keys that are shown once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.services import consumers, versions
from tests.portal.conftest import Opener, Site
from tests.portal.seeds import VIEWER
from tests.portal.typing_in import sent

KEY = re.compile(r"lk_[a-z0-9]{8}_[A-Za-z0-9_-]{43}")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_a_key_is_issued_once(fresh: Site, window: Opener, width: int) -> None:
    opened = window(fresh, width=width)
    page = opened.open("/consumers/acme-wms")
    page.get_by_label("Label").fill("the night shift")
    page.get_by_role("button", name="Issue the key").click()
    box = page.get_by_role("region", name="Copy the key of ACME WMS now")
    shown = box.locator("code").inner_text()
    assert KEY.fullmatch(shown)
    assert page.get_by_text("the night shift").is_visible()
    page.goto(fresh.url + "/consumers/acme-wms")
    assert shown not in page.content()
    assert shown.split("_")[1] in page.content(), "its number stays, so that it can be revoked"
    assert opened.complaints == []


def test_subscriptions_begin_and_end(fresh: Site) -> None:
    with fresh.client() as client:
        path = "/consumers/acme-wms"
        done = sent(client, path, do="subscribe", contract="wms/warehouse", major="1", plan="bulk")
        assert done.status_code == 303
        assert "wms/warehouse" in client.get(path).text
        assert sent(client, path, do="unsubscribe", contract="wms/warehouse", major="1").status_code == 303
        assert "wms/warehouse" not in client.get(path).text


def test_a_consumer_is_pinned_by_those_who_own_the_contract(fresh: Site) -> None:
    with fresh.registry.unit.read(SYSTEM) as context:
        (held,) = consumers.get(context, "acme-wms").subscriptions
        listed = versions.browse(context, held.contract).items
        version = next(each.version for each in listed if each.version.startswith(f"{held.major}."))
    with fresh.client() as client:
        path = "/consumers/acme-wms"
        facts = {"do": "pin", "contract": held.contract, "major": str(held.major)}
        assert sent(client, path, **facts, version=version).status_code == 303
        assert f"pinned to {version}" in client.get(path).text
        assert sent(client, path, **facts, version=f"{held.major}.987").status_code == 404
        assert sent(client, path, **facts, version="").status_code == 303
        assert "the newest" in client.get(path).text
    with fresh.client(VIEWER) as client:
        assert "Hold it to that" not in client.get(path).text


def test_what_was_typed_stays_when_it_is_refused(fresh: Site) -> None:
    with fresh.client() as client:
        path = "/consumers/acme-wms"
        answer = sent(client, path, do="subscribe", contract="erp/typo", major="2")
        assert answer.status_code == 404
        answer = sent(client, path, do="subscribe", contract="erp/orders", major="two")
        assert answer.status_code == 422
        assert 'value="erp/orders"' in answer.text
        assert 'value="two"' in answer.text
        assert "is no major version" in answer.text
        assert 'aria-invalid="true"' in answer.text


def test_keys_are_replaced_and_revoked(fresh: Site) -> None:
    with fresh.registry.unit.read(SYSTEM) as context:
        (key,) = consumers.get(context, "web-shop").credentials
    with fresh.client() as client:
        replaced = sent(client, "/consumers/web-shop", do="rotate", key=key.id)
        assert KEY.search(replaced.text)
        new = KEY.search(replaced.text)
        assert new is not None
        assert sent(client, "/consumers/web-shop", do="revoke", key=new[0].split("_")[1]).status_code == 303
    with fresh.registry.unit.read(SYSTEM) as context:
        assert all(each.revoked_at for each in consumers.get(context, "web-shop").credentials)


def test_a_key_may_have_a_last_day(fresh: Site) -> None:
    with fresh.client() as client:
        assert sent(client, "/consumers/acme-wms", do="issue", expires="2020-01-01").status_code == 422
        assert sent(client, "/consumers/acme-wms", do="issue", expires="soon").status_code == 422
        assert sent(client, "/consumers/acme-wms", do="issue", expires="2090-01-01").status_code == 200
    with fresh.registry.unit.read(SYSTEM) as context:
        (key,) = consumers.get(context, "acme-wms").credentials
        assert key.expires_at is not None
        assert key.expires_at > context.now + timedelta(days=365)


def test_a_viewer_sees_no_forms_and_is_refused(fresh: Site) -> None:
    with fresh.client(VIEWER) as client:
        page = client.get("/consumers/web-shop").text
        assert "Issue a key" not in page
        assert "Revoke" not in page
        assert sent(client, "/consumers/web-shop", do="issue").status_code == 403
    with fresh.registry.unit.read(SYSTEM) as context:
        assert len(consumers.get(context, "web-shop").credentials) == 1
