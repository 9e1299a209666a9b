"""`unique`: the first of equal items stays."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, planned

DOCUMENTS = files(a="a: [x, y, x, {b: 1}, {b: 1}]\nb: [1, true, 1.0, '1']\nc: 1\n")


def test_later_ones_go() -> None:
    wanted = [Remove(("a", 2)), Remove(("a", 4))]
    assert changes(planned("unique", DOCUMENTS, ("a",))) == wanted
    assert changes(planned("unique", DOCUMENTS, ("a", 2))) == wanted


@pytest.mark.parametrize(("path", "why"), [(("b",), "equal"), (("c",), "no list")])
def test_what_differs_stays(path: tuple[str, ...], why: str) -> None:
    with pytest.raises(CannotFix, match=why):
        planned("unique", DOCUMENTS, path)
