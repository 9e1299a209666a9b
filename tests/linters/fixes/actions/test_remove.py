"""`remove`: a node goes."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, planned

DOCUMENTS = files(a="x: {a: 1, b: {c: 2}}\nr: {$ref: '#/x/b'}\n")


def test_what_nothing_refers_to_goes() -> None:
    assert changes(planned("remove", DOCUMENTS, ("x", "a"))) == [Remove(("x", "a"))]


@pytest.mark.parametrize(
    ("path", "why"), [(("x", "b"), "reference"), (("x",), "too large"), (("x", "z"), "place")]
)
def test_the_rest_stays(path: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotFix, match=why):
        planned("remove", DOCUMENTS, path)
