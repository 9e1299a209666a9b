"""One waiver."""

from __future__ import annotations

import httpx


def test_the_reason_the_rule_and_the_evidence_stand_together(client: httpx.Client) -> None:
    page = client.get("/waivers/1").text
    for words in (
        "legacy scanner",
        "olga@example.org",
        "Why the rule matters",
        "/gate-runs?contract=",
        "Grant…",
    ):
        assert words in page, words
    granted = client.get("/waivers/2").text
    assert "Until the next major version." in granted
    assert "Grant…" not in granted
    assert "Withdraw…" in granted


def test_a_viewer_may_only_read(viewer: httpx.Client) -> None:
    page = viewer.get("/waivers/1").text
    assert not any(word in page for word in ("Grant…", "Refuse…", "Withdraw…"))


def test_what_is_not_there_is_not_found(client: httpx.Client) -> None:
    for path in ("/waivers/99", "/waivers/none", "/waivers/1/celebrate"):
        assert client.get(path).status_code == 404, path
