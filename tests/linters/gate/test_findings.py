from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts.model import HttpApi
from contracts.positions import NOWHERE
from linters.gate import Profile
from linters.gate.findings import base_findings, findings
from linters.lint import load_ruleset
from linters.suppression import Applied, Waiver
from tests.linters.diff.building import http

from .building import request

RULES = load_ruleset(
    {
        "rules": {
            "titled": {"given": "$.info.title", "severity": "error", "then": {"function": "falsy"}},
            "posts": {"given": "$.paths[*].post", "severity": "warn", "then": {"function": "falsy"}},
        }
    }
)
TODAY = date(2026, 1, 1)


def api(*rules: str, until: str | None = None) -> HttpApi:
    """A contract that ignores some rules."""
    more = {} if until is None else {"until": until}
    return http(**{"x-lading-ignore": [{"rule": rule, "reason": "Agreed.", **more} for rule in rules]})


def asked(candidate: HttpApi, profile: Profile | None = None, **more: Any) -> tuple[list[str], list[str]]:
    facts = {"findings": None, "ruleset": RULES, "today": TODAY, **more}
    applied = findings(request(None, candidate, **facts), profile or Profile())
    assert applied is not None
    return codes(applied)


def codes(applied: Applied) -> tuple[list[str], list[str]]:
    return sorted(one.code for one in applied.findings), sorted(
        one.finding.code for one in applied.suppressed
    )


@pytest.mark.parametrize(
    ("ignores", "expected"),
    [
        ("allowed", ([], ["posts", "titled"])),
        ("errors-excepted", (["titled"], ["posts"])),
        ("none", (["posts", "titled"], [])),
    ],
)
def test_the_profile_says_what_an_owner_may_ignore(
    ignores: Any, expected: tuple[list[str], list[str]]
) -> None:
    assert asked(api("titled", "posts"), Profile(ignores=ignores)) == expected


def test_by_default_an_owner_ignores_no_error() -> None:
    assert asked(api("titled", "posts")) == (["titled"], ["posts"])


def test_a_waiver_covers_errors_too() -> None:
    waiver = Waiver("titled", "Granted.", TODAY, "w.yaml", (0,), NOWHERE, owner="a", approver="b")
    assert asked(http(), waivers=(waiver,)) == (["posts"], ["titled"])


def test_what_ends_covers_nothing_where_nobody_knows_the_day() -> None:
    assert asked(api("posts", until="2030-01-01")) == (["titled"], ["posts"])
    assert asked(api("posts", until="2030-01-01"), today=None) == (["posts", "titled"], [])
    assert asked(api("posts"), today=None) == (["titled"], ["posts"])


def test_rules_that_are_known_elsewhere_are_no_mistake() -> None:
    assert asked(api("elsewhere"))[0] == ["ignore-unknown-rule", "posts", "titled"]
    assert asked(api("elsewhere"), rules=frozenset({"elsewhere"}))[0] == ["posts", "titled"]


def test_findings_that_were_made_already_are_taken_and_none_at_all_are_none() -> None:
    assert asked(http(), findings=()) == ([], [])
    assert findings(request(None, http(), findings=None), Profile()) is None


def test_the_base_is_asked_the_same() -> None:
    of_base = base_findings(request(api("posts"), http(), findings=(), ruleset=RULES, today=TODAY), Profile())
    assert of_base is not None
    assert codes(of_base) == (["titled"], ["posts"])
    assert base_findings(request(None, http(), ruleset=RULES), Profile()) is None
    assert base_findings(request(http(), http()), Profile()) is None
