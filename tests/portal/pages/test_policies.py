"""The rules."""

from __future__ import annotations

import httpx

from policies import rulesets


def test_every_rule_is_listed_with_its_severity(client: httpx.Client) -> None:
    page = client.get("/policies").text
    for code in rulesets.catalogue():
        assert f'href="/policies/{code}"' in page, code


def test_rules_are_found(client: httpx.Client) -> None:
    few = client.get("/policies?area=auth&severity=error").text
    assert "/policies/auth-stated" in few
    assert "No rule fits" in client.get("/policies?words=zzzz").text
