from __future__ import annotations

import pytest

from contracts.schemas.keywords import DROPPED, KNOWN
from lading.covering.keywords import PLACES, keyword_rows

MIRROR = {"breaks consumers": "breaks providers", "breaks providers": "breaks consumers"}
LEGACY = {
    # draft 4's and OpenAPI 2.0's own words, which mean nothing in schemas of the lines that are measured here
    "id", "collectionFormat", "allowEmptyValue", "$recursiveAnchor",
}  # fmt: skip


def test_every_keyword_that_we_know_is_measured() -> None:
    known = frozenset().union(*KNOWN.values()) | DROPPED
    assert sorted(known - LEGACY - {row.keyword for row in keyword_rows()}) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("request body", "response body"),
        ("query parameter", "response header"),
        ("received payload", "sent payload"),
        ("received headers", "sent headers"),
    ],
)
def test_what_is_taken_in_mirrors_what_is_given_out(one: str, other: str) -> None:
    first, second = (list(PLACES).index(name) for name in (one, other))
    for row in keyword_rows():
        if row.keyword == "default" and one == "query parameter":
            continue  # a default of a parameter stands for what a call leaves out; a header has none such
        outcome = row.outcomes[first]
        assert row.outcomes[second] == MIRROR.get(outcome or "", outcome), (row.keyword, row.action)


def test_a_keyword_that_nobody_knows_makes_the_change_unknown() -> None:
    outcomes = {one for row in keyword_rows() if row.keyword == "ofNobody" for one in row.outcomes}
    assert outcomes == {"unknown"}
