from __future__ import annotations

import pytest

from linters.diff.checks import catalogue
from linters.diff.wording import LONGEST, sentence, show, subject


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_check_makes_a_sentence_without_its_figures(key: tuple[str, str]) -> None:
    text = sentence(catalogue()[key].says, "the request body", "GET /orders", {})
    assert text[0] == text[0].upper()
    assert text.endswith(".")
    assert "{" not in text


def test_values_are_shown_as_a_reader_expects_them() -> None:
    assert show("text") == "text"
    assert show(None) == "nothing"
    assert show(["a", 1, True]) == "a, 1, true"
    assert show({"a": 1}) == '{"a": 1}'
    assert len(show("x" * 500)) == LONGEST


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", "the request body"),
        ("sku", "the property `sku` of the request body"),
        ("lines[]", "each item of `lines` in the request body"),
        ("[]", "each item of the request body"),
        ("[].id", "the property `[].id` of the request body"),
        ("*", "`*` of the request body"),
    ],
)
def test_subjects(path: str, expected: str) -> None:
    assert subject("the request body", path) == expected
