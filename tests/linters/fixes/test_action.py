"""What actions may look at."""

from __future__ import annotations

import pytest

from linters.fixes.action import Surroundings
from linters.fixes.edits import CannotFix

from .helpers import files, finding


def test_a_place_is_looked_up_in_the_document_of_the_finding() -> None:
    around = Surroundings(files(a="b: {$ref: 'c.yaml#/x'}\n", c="x: {y: 1}\n"))
    assert around.value(finding(source="c.yaml"), ("x", "y")) == 1
    with pytest.raises(CannotFix, match="place"):
        around.value(finding(), ("x",))
    with pytest.raises(CannotFix, match="at hand"):
        around.document(finding(source="z.yaml"))
