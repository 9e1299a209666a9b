from __future__ import annotations

from linters.changelog.reports import words
from tests.linters.changelog.building import orders


def test_a_release_in_a_sentence() -> None:
    assert [words.summary(one) for one in orders().releases] == [
        "Nothing that matters to callers changed since 2.0.0.",
        "What changed is not known: orders.yaml:3: it ends early.",
        "1 breaking change since 1.0.0.",
        "The first version told of here.",
    ]
    assert words.title(orders()) == "Changes of Orders"
