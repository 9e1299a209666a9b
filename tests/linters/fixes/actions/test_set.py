"""`set`: members that are missing or wrong."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Add, Put
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, planned

DOCUMENTS = files(a="x: {a: 1, b: 2}\nr: {$ref: '#/x'}\n")


def test_what_is_missing_is_added_and_what_is_wrong_is_put_right() -> None:
    members = {"a": 1, "b": 3, "c": 4}
    assert changes(planned("set", DOCUMENTS, ("x",), members=members, after="a")) == [
        Put(("x", "b"), 3),
        Add(("x",), "c", 4, "a"),
    ]
    assert changes(planned("set", DOCUMENTS, ("x",), members=members, keep=True)) == [
        Add(("x",), "c", 4, None)
    ]


def test_a_finding_about_the_member_itself_means_its_mapping() -> None:
    assert changes(planned("set", DOCUMENTS, ("x", "b"), members={"b": 5})) == [Put(("x", "b"), 5)]


@pytest.mark.parametrize(
    ("path", "why"), [(("x", "a"), "no mapping"), (("r",), "reference"), (("x",), "missing")]
)
def test_elsewhere_nothing_is_set(path: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotFix, match=why):
        planned("set", DOCUMENTS, path, members={"b": 2})
