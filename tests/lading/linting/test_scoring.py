from __future__ import annotations

from contracts.document import parse
from contracts.references import load
from lading.linting.scoring import OTHER, Scoring
from linters.lint import load_ruleset
from policies import rulesets

HTTP = load(
    parse(b"openapi: 3.1.1\ninfo: {title: t, version: 1.0.0}\npaths: {/a: {get: {}, put: {}}}\n", "a.yaml")
)
EVENTS = load(parse(b"asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\nchannels: {a: {}}\n", "b.yaml"))


def test_an_area_is_asked_about_where_one_of_its_rules_is_for_the_document() -> None:
    scoring = Scoring(rulesets.load("lading:all"))
    scoring.see(HTTP, ())
    areas = scoring.score(()).areas
    assert areas["auth"] == 100
    assert areas["events"] is None
    scoring.see(EVENTS, ())
    assert scoring.score(()).areas["events"] == 100
    assert scoring.operations == 3


def test_a_ruleset_of_one_area_says_nothing_of_the_others() -> None:
    scoring = Scoring(rulesets.load("lading:auth"))
    scoring.see(HTTP, ())
    known = {area for area, points in scoring.score(()).areas.items() if points is not None}
    assert known == {"auth", "document"}


def test_rules_of_other_houses_are_an_area_of_their_own() -> None:
    scoring = Scoring(load_ruleset({"rules": {"r": {"given": "$", "then": {"function": "truthy"}}}}))
    scoring.see(HTTP, ())
    assert scoring.score(()).areas[OTHER] == 100
