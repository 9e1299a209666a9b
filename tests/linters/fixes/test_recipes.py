"""Recipes are checked before anything runs."""

from __future__ import annotations

import pytest

from linters.fixes import actions
from linters.fixes.recipes import Level, recipes
from linters.lint import RulesetError
from policies import rulesets

from .helpers import ruleset

THEN = {"function": "falsy"}


def test_one_recipe_or_several_are_read() -> None:
    one = {"do": "remove", "title": "Remove it"}
    [recipe] = recipes(ruleset(one, "$.a", THEN))["rule"]
    assert (recipe.level, recipe.title, dict(recipe.options)) == (Level.SUGGESTED, "Remove it", {})
    two = [{**one, "level": "safe", "when": "^b"}, {**one, "unless": "^b"}]
    first, second = recipes(ruleset(two, "$.a", THEN))["rule"]
    assert [first.fits("bc"), first.fits("c"), second.fits("bc"), second.fits("c")] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("fix", "what"),
    [
        ({"do": "remove"}, "title"),
        ({"do": "renam", "title": "Rename it"}, "Did you mean 'rename'"),
        ({"do": "rename", "title": "Rename it", "with": {"casing": "loud"}}, "loud"),
        ({"do": "rename", "title": "Rename it", "with": {"casing": "camel", "extra": 1}}, "extra"),
        ({"do": "remove", "title": "Remove it", "level": "daring"}, "daring"),
        ({"do": "remove", "title": "Remove it", "when": "("}, "rule"),
        ("remove", "remove"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_rule(fix: object, what: str) -> None:
    with pytest.raises(RulesetError, match=what) as raised:
        recipes(ruleset(fix, "$.a", THEN))
    assert raised.value.pointer == "/rules/rule/fix"


def test_a_rule_that_is_off_is_not_asked() -> None:
    assert recipes(ruleset("nonsense", "$.a", THEN, severity="off")) == {}


def test_every_recipe_that_we_ship_can_be_read() -> None:
    found = {
        code: recipe for name in rulesets.names() for code, recipe in recipes(rulesets.load(name)).items()
    }
    assert len(found) > 15
    assert {level for recipe in found.values() for level in (one.level for one in recipe)} == set(Level)


def test_every_action_takes_an_object_of_options() -> None:
    assert set(actions.names()) >= {"remove", "rename", "rewrite", "set", "sort", "unique"}
    for name in actions.names():
        assert actions.find(name).options["type"] == "object"
