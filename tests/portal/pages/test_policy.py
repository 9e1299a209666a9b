"""One rule."""

from __future__ import annotations

import httpx
import pytest

from policies import rulesets


@pytest.mark.parametrize("code", sorted(rulesets.catalogue())[::9])
def test_a_rule_says_why_and_shows_both_examples(code: str, client: httpx.Client) -> None:
    page = client.get(f"/policies/{code}").text
    for words in ("Why", "A good example", "A bad example", f"lading explain {code}"):
        assert words in page


def test_an_unknown_rule_is_told_with_those_that_are_close(client: httpx.Client) -> None:
    answer = client.get("/policies/auth-state")
    assert answer.status_code == 404
    assert "auth-stated" in answer.text
