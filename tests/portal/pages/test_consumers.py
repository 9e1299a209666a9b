"""The list of consumers, and making one."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site
from tests.portal.typing_in import sent


def test_each_says_what_it_may_call(client: httpx.Client) -> None:
    page = client.get("/consumers").text
    assert "ACME WMS" in page
    assert 'href="/contracts/last-mile/delivery"' in page


def test_a_new_one_is_made(fresh: Site) -> None:
    with fresh.client() as client:
        answer = sent(
            client,
            "/consumers",
            name="carrier-x",
            title="Carrier X",
            owner="last-mile",
            contact="x@x.example",
        )
        assert answer.headers["location"] == "/consumers/carrier-x"
        assert "Carrier X" in client.get("/consumers/carrier-x").text


def test_a_name_that_is_taken_or_cannot_be_is_marked_at_its_field(fresh: Site) -> None:
    with fresh.client() as client:
        for name in ("acme-wms", "No Good"):
            answer = sent(client, "/consumers", name=name, title="Kept")
            assert answer.status_code in (409, 422)
            assert 'id="name-wrong"' in answer.text
            assert f'value="{name}"' in answer.text
            assert 'value="Kept"' in answer.text
