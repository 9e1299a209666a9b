"""The table of checks. Its catalogue is a snapshot, so that an addition is one reviewable line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from linters.diff.checks import catalogue, find
from linters.diff.proof.keywords import MODELLED
from linters.diff.variance import Effect

SNAPSHOT = Path(__file__).parent / "catalogue.txt"
PLACES = (
    ("request", "request-body"), ("request", "request-property"), ("request", "request-parameter"),
    ("request", "request-parameter-property"), ("response", "response-body"), ("response", "response-property"),
    ("response", "response-header"), ("response", "response-header-property"), ("", ""),
)  # fmt: skip


def lines() -> list[str]:
    return sorted(
        f"{check.element} {check.action} {check.effect.value} {' | '.join(check.ids.values())}"
        for check in catalogue().values()
    )


def test_the_catalogue_is_what_was_reviewed() -> None:
    """Write it anew with `python -m tests.linters.diff.checks.test_catalogue`."""
    assert lines() == SNAPSHOT.read_text("utf-8").splitlines()


def test_every_keyword_that_a_check_proves_is_known_to_the_proof() -> None:
    known = MODELLED | {"unevaluatedItems", "unevaluatedProperties"}
    for check in catalogue().values():
        assert set(check.keywords) <= known, check


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ("added", "removed"),
        ("increased", "decreased"),
        ("set", "unset"),
        ("widened", "narrowed"),
        ("generalized", "specialized"),
    ],
)
def test_what_one_transition_does_its_reverse_undoes(there: str, back: str) -> None:
    """Every check of a narrowing has its twin of a widening, or neither does anything."""
    opposite = {
        Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS, Effect.NONE: Effect.NONE,
        Effect.ALTERS: Effect.ALTERS, Effect.OFFERS: Effect.WITHDRAWS, Effect.WITHDRAWS: Effect.OFFERS,
    }  # fmt: skip
    reasoned = {
        # The pattern that becomes one for everything has no reverse of its own: that is `changed`.
        ("pattern", "generalized"),
        # Losing a parameter takes something away; gaining one depends on whether it is required.
        ("parameter", "removed"), ("path-parameter", "added"),
        # An optional body that is gone was still sent by somebody; its coming depends on whether it is required.
        ("request-body", "removed"),
            # An operation that promises more than it did harms nobody.
            ("stability", "increased"),
            # Extensible lists say themselves that they will grow.
            ("extensible-enum-value", "added"),
    }  # fmt: skip
    for (element, action), check in catalogue().items():
        if action == there and (element, action) not in reasoned and (element, back) in catalogue():
            assert find(element, back).effect is opposite[check.effect], (element, action)


def made() -> set[str]:
    """Every id that some row gives at some place of a call, closer names of places included."""
    return {
        template.replace("{side}", side).replace("{place}", place)
        for check in catalogue().values()
        for template in check.ids.values()
        for side, place in PLACES
    }


def test_every_id_of_the_taxonomy_is_ours_or_stands_elsewhere(conformance: Path) -> None:
    """All ids of `oasdiff/rules.tsv`: made by a row, or listed in `elsewhere.yaml` with what stands for it."""
    with (conformance / "breaking" / "oasdiff" / "rules.tsv").open(encoding="utf-8") as rows:
        known = {row["id"] for row in csv.DictReader(rows, delimiter="\t")}
    entries = yaml.safe_load((Path(__file__).parent / "elsewhere.yaml").read_text("utf-8"))
    elsewhere = {one for entry in entries for one in entry["ids"]}
    assert all(entry["here"].strip() for entry in entries)
    assert len(known) >= 509
    assert sorted(known - made() - elsewhere) == []
    assert sorted(elsewhere & made()) == [], "a row makes it now"
    assert sorted(elsewhere - known) == [], "the taxonomy lacks it"


if __name__ == "__main__":
    SNAPSHOT.write_text("\n".join(lines()) + "\n", "utf-8")
