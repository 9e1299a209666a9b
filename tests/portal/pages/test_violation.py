"""One kind of violation."""

from __future__ import annotations

import httpx

from tests.portal.conftest import Site
from tests.portal.seeds import VIEWER
from tests.portal.typing_in import sent


def test_place_sample_and_how_often(client: httpx.Client) -> None:
    page = client.get("/violations/1").text
    for words in ("/window/from", "tomorrow", "5 times", "web-shop", "redacted"):
        assert words in page, words


def test_it_is_acknowledged_with_a_note_and_opened_again(fresh: Site) -> None:
    with fresh.client() as client:
        sent(client, "/violations/1", do="acknowledge", note="The courier mends it <b>today</b>.")
        page = client.get("/violations/1").text
        assert "The courier mends it &lt;b&gt;today&lt;/b&gt;." in page
        assert "which is no date-time" not in client.get("/violations?state=open").text
        sent(client, "/violations/1", do="reopen")
        assert "which is no date-time" in client.get("/violations?state=open").text


def test_a_viewer_may_not(fresh: Site) -> None:
    with fresh.client(VIEWER) as client:
        assert "I have seen it" not in client.get("/violations/1").text
        assert sent(client, "/violations/1", do="acknowledge").status_code == 403
