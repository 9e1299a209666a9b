from __future__ import annotations

import pytest

from lading.explaining import entries
from lading.outcome import CouldNotTell
from linters.lint import load_ruleset
from policies import rulesets
from policies.rulesets import catalogue, documented, engine_rules

MINE = load_ruleset(
    {
        "extends": "lading:auth",
        "rules": {
            "auth-https-only": "hint",
            "auth-no-basic": "off",
            "mine": {
                "description": "Mine.", "given": "$", "then": {"function": "truthy"}, "area": "house",
                "why": "Because.\n", "formats": ["oas3"], "documentationUrl": "https://example.com",
            },
            "bare": {"given": "$", "then": {"function": "truthy"}},
        },
    },
    named=rulesets.definition,
)  # fmt: skip


def test_everything_is_the_catalogue_and_what_is_found_without_a_rule() -> None:
    assert entries.everything() == [*catalogue().values(), *engine_rules().values()]


@pytest.mark.parametrize("code", engine_rules())
def test_what_is_found_without_a_rule_is_explained_too(code: str) -> None:
    assert entries.named(code) == entries.named_in(code, MINE, "mine.yaml") == [engine_rules()[code]]
    assert engine_rules()[code] in entries.named("document")


def test_a_code_comes_before_an_area_and_a_ruleset() -> None:
    assert entries.named("auth-stated") == [catalogue()["auth-stated"]]
    assert {entry.area for entry in entries.named("naming")} == {"naming"}


@pytest.mark.parametrize("name", rulesets.names())
def test_a_named_ruleset_lists_what_it_runs_each_area_in_one_piece(name: str) -> None:
    found = entries.named(name)
    assert {entry.code for entry in found} == {rule.name for rule in rulesets.load(name).running}
    areas = [entry.area for entry in found]
    assert len(set(areas)) == sum(area != before for area, before in zip(areas, [None, *areas], strict=False))


@pytest.mark.parametrize("name", rulesets.names())
def test_every_rule_of_every_named_ruleset_can_be_explained(name: str) -> None:
    for code in rulesets.load(name).rules:
        assert [entry.code for entry in entries.named(code)] == [code]


@pytest.mark.parametrize("wrong", ["auth-state", "namin", "spectral:asynapi", "lading:recomended"])
def test_what_is_nearly_right_is_corrected(wrong: str) -> None:
    with pytest.raises(CouldNotTell) as caught:
        entries.named(wrong)
    known = [*documented(), *rulesets.names(), *(entry.area for entry in catalogue().values())]
    assert any(name in caught.value.advice for name in known)


def test_what_is_like_nothing_leads_to_the_list() -> None:
    with pytest.raises(CouldNotTell) as caught:
        entries.named("%%%")
    assert caught.value.advice == "`lading explain` lists the rules."


def test_a_rule_of_somebody_elses_ruleset_with_the_severity_that_it_has_there() -> None:
    (mine,) = entries.named_in("mine", MINE, "mine.yaml")
    assert (mine.area, mine.severity, mine.why, mine.formats) == ("house", "warn", "Because.", ("oas3",))
    assert mine.source == "https://example.com"
    (bare,) = entries.named_in("bare", MINE, "mine.yaml")
    assert (bare.area, bare.description, bare.good) == ("mine.yaml", "", "")


def test_a_rule_that_was_changed_or_switched_off_says_so() -> None:
    assert entries.named_in("auth-https-only", MINE, "m")[0].severity == "hint"
    assert entries.named_in("auth-no-basic", MINE, "m")[0].severity == "off"
    codes = [entry.code for entry in entries.of_ruleset(MINE, "m")]
    assert "auth-no-basic" not in codes
    assert {"mine", "bare", "auth-stated"} <= set(codes)


def test_an_area_within_a_ruleset_and_a_rule_that_is_not_in_it() -> None:
    assert [entry.code for entry in entries.named_in("house", MINE, "mine.yaml")] == ["mine"]
    with pytest.raises(CouldNotTell, match=r"no rule in mine\.yaml called 'naming-path-kebab'"):
        entries.named_in("naming-path-kebab", MINE, "mine.yaml")
