from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff.policy import BACKWARD, CompatPolicy
from linters.diff.proof import Names


def test_an_empty_definition_is_the_default() -> None:
    assert CompatPolicy.read({}) == BACKWARD


def test_settings_are_read() -> None:
    policy = CompatPolicy.read({"protects": ["consumer", "provider"], "names": "any", "description": "x"})
    assert policy.protects == ("consumer", "provider")
    assert policy.names is Names.ANY


@pytest.mark.parametrize(
    "definition",
    [
        {"protect": ["consumer"]},
        {"protects": []},
        {"protects": ["everyone"]},
        {"names": "some"},
        {"verdicts": {"endpoint-added": "bad"}},
    ],
)
def test_what_is_not_known_is_refused(definition: dict[str, object]) -> None:
    with pytest.raises(ContractError) as caught:
        CompatPolicy.read(definition, "mine.yaml")
    assert caught.value.source == "mine.yaml"
    assert caught.value.advice
