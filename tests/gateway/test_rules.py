"""Rules written as text, and what is told about wrong ones."""

from dataclasses import fields

import pytest

from gateway.rules import DEFAULT_RULES, Rules, WrongRule, choices, described, parse_rules


def test_pairs_change_the_usual_rules() -> None:
    usual = Rules(security="presence")
    made = parse_rules("unknown_headers=tell formats=false unknown_exempt=body/a,header/x-*", usual)
    assert made == Rules(
        security="presence",
        unknown_headers="tell",
        formats=False,
        unknown_exempt=("body/a", "header/x-*"),
    )
    assert parse_rules("") == DEFAULT_RULES


def test_the_last_of_a_name_counts() -> None:
    assert parse_rules("one_way=allow one_way=refuse").one_way == "refuse"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unknown_quary=refuse", "no rule 'unknown_quary'"),
        ("unknown_query", "no value.*refuse|tell|allow"),
        ("unknown_query=maybe", "one of refuse, tell, allow"),
        ("formats=yes", "one of true, false"),
        ("undeclared_status=tell", "one of refuse, allow"),
        ("networks=10.0.0.0/8,10.1.1.1/16", "10.1.1.1/16.*has host bits set"),
        ("networks=here", "no network"),
    ],
)
def test_mistakes_are_named(text: str, words: str) -> None:
    with pytest.raises(WrongRule, match=words):
        parse_rules(text)


@pytest.mark.parametrize("name", [one.name for one in fields(Rules)])
def test_every_rule_says_what_it_is_and_takes_each_of_its_choices(name: str) -> None:
    (found,) = [one for one in described() if one[0] == name]
    assert found[3].endswith(".")
    for choice in choices(name).split("|"):
        assert parse_rules(f"{name}={choice}")
