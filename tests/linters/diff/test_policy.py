from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff.policy import BACKWARD, CompatPolicy, Content, ExtensibleEnums
from linters.diff.proof import Names


def test_an_empty_definition_is_the_default() -> None:
    assert CompatPolicy.read({}) == BACKWARD


def test_settings_are_read() -> None:
    policy = CompatPolicy.read(
        {
            "protects": ["consumer", "provider"],
            "content": "open",
            "history": "all",
            "extensible_enums": {"out": "always"},
            "sunset_days": {"stable": 180, "beta": 30},
            "description": "x",
        }
    )
    assert policy.protects == ("consumer", "provider")
    assert policy.content is Content.OPEN
    assert policy.names is Names.ANY
    assert policy.history == "all"
    assert policy.extensible_enums == ExtensibleEnums("marked", "always")
    assert policy.sunset_days == {"stable": 180, "beta": 30}


def test_only_open_content_lets_names_clash() -> None:
    assert {one.value: CompatPolicy.read({"content": one.value}).names for one in Content} == {
        "open": Names.ANY,
        "declared": Names.DECLARED,
        "closed": Names.DECLARED,
    }


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ({"protect": ["consumer"]}, "Did you mean protects?"),
        ({"protects": []}, "consumer"),
        ({"protects": ["everyone"]}, "consumer"),
        ({"protects": "consumer"}, "list"),
        ({"content": "some"}, "closed"),
        ({"content": ["open"]}, "closed"),
        ({"history": "some"}, "Choose"),
        ({"formats": "no"}, "true nor false"),
        ({"extensible_enums": True}, "marked"),
        ({"extensible_enums": {"response": "always"}}, "in and out"),
        ({"sunset_days": 30}, "stable: 180"),
        ({"sunset_days": {"stabel": 30}}, "alpha"),
        ({"sunset_days": {"stable": -1}}, "0 or more"),
        ({"sunset_days": {"stable": True}}, "0 or more"),
        ({"stability": "old"}, "beta"),
        ({"tier": "source"}, "tier"),
        ({"verdicts": {"endpoint-added": "bad"}}, "unknown"),
        ({"verdicts": ["endpoint-added"]}, "id: verdict"),
        ({"verdicts": {"endpoint-adde": "safe"}}, "Did you mean endpoint-added?"),
    ],
)
def test_what_is_not_known_is_refused(definition: dict[str, object], said: str) -> None:
    with pytest.raises(ContractError) as caught:
        CompatPolicy.read(definition, "mine.yaml")
    assert caught.value.source == "mine.yaml"
    assert said in f"{caught.value.message} {caught.value.advice}"
