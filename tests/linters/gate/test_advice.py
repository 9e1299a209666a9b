from __future__ import annotations

from linters.diff import compare
from linters.gate.advice import advise
from tests.linters.gate.building import breaking, safe


def test_a_break_without_a_bump_is_told_with_the_version_that_would_be_right() -> None:
    pair = breaking()
    found = advise(*pair, compare(*pair))
    assert found.id == "api-version-not-bumped"
    assert found.sentence == (
        "The change is breaking, and info.version is still 1.0.0 (api-version-not-bumped). Suggested version: 2.0.0."
    )
    assert found.as_dict()["suggested"] == "2.0.0"


def test_what_the_version_says_already() -> None:
    pair = safe()
    found = advise(*pair, compare(*pair))
    assert (found.id, str(found.needed)) == (None, "minor")
    assert found.sentence == "The change is additive; info.version goes from 1.0.0 to 1.1.0."


def test_steps_that_go_back_or_not_far_enough() -> None:
    for version, said in (("0.9.0", "went back"), ("1.1.0", "does not say so")):
        pair = breaking(version)
        assert said in advise(*pair, compare(*pair)).sentence


def test_the_same_document_asks_for_nothing() -> None:
    base, _ = safe()
    found = advise(base, base, compare(base, base))
    assert (found.id, found.suggested, found.sentence) == (None, "1.0.0", "The documents are the same.")
