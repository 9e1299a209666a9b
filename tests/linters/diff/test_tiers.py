from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff.checks import find
from linters.diff.tiers import Tier

ROW = {"checks": ["minimum/*"], "verdict": "safe", "why": "Read alike."}


def test_rows_speak_of_classes_of_checks_and_a_later_one_wins() -> None:
    later = {"checks": ["minimum/set"], "verdict": "breaking", "why": "It was free."}
    tier = Tier.read("mine", {"verdicts": [ROW, later]})
    assert tier.of(find("minimum", "increased")) == "safe"
    assert tier.of(find("minimum", "set")) == "breaking"
    assert tier.of(find("maximum", "set")) is None
    assert not tier.names
    assert Tier.read("mine", {"names": True}).names


@pytest.mark.parametrize(
    "row",
    [
        {**ROW, "checks": ["minimun/*"]},
        {**ROW, "verdict": "unknown"},
        {"checks": ["minimum/*"], "verdict": "safe"},
        "minimum/*",
    ],
)
def test_what_speaks_of_nothing_is_refused(row: object) -> None:
    with pytest.raises(ContractError):
        Tier.read("mine", {"verdicts": [row]}, "mine.yaml")
