"""`sort`: names in order."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Order
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, planned

DOCUMENTS = files(a="tags: [{name: b}, {name: a}]\nkeys: {b: 1, a: 2, c: 3}\nn: [2, 1]\ndone: [a, b]\n")


def test_items_and_members_are_put_in_order() -> None:
    assert changes(planned("sort", DOCUMENTS, ("tags",), by="name")) == [Order(("tags",), (1, 0))]
    assert changes(planned("sort", DOCUMENTS, ("tags", 0, "name"), by="name")) == [Order(("tags",), (1, 0))]
    assert changes(planned("sort", DOCUMENTS, ("keys", "b"))) == [Order(("keys",), (1, 0, 2))]


@pytest.mark.parametrize(("path", "why"), [(("done",), "in order"), (("x",), "place")])
def test_nothing_to_sort(path: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotFix, match=why):
        planned("sort", DOCUMENTS, path)


def test_a_list_without_names_has_no_order() -> None:
    with pytest.raises(CannotFix, match="no order"):
        planned("sort", DOCUMENTS, ("n",), by="name")
