from __future__ import annotations

import pytest

from linters.lint import Severity
from linters.reports.wording import count_of, counted, spans


def test_numbers() -> None:
    assert counted(1, "error") == "1 error"
    assert counted(2345, "error") == "2,345 errors"
    assert count_of(Severity.WARN, {Severity.WARN: 2}) == "2 warnings"
    assert count_of(Severity.INFO, {Severity.INFO: 2}) == "2 for information"
    assert count_of(Severity.HINT, {Severity.WARN: 2}) == ""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain", [("plain", False)]),
        ("`a` b `c`", [("a", True), (" b ", False), ("c", True)]),
        ("one ` only", [("one ` only", False)]),
        ("`` `a`", [("`` `a`", False)]),
        ("", []),
    ],
)
def test_pieces_of_code(text: str, pieces: list[tuple[str, bool]]) -> None:
    assert spans(text) == pieces
