from __future__ import annotations

import re

import pytest

from linters.diff.proof.patterns import examples


@pytest.mark.parametrize(
    "pattern",
    ["^[A-Z]{2}\\d{3}$", "a|bc", "^(x-)?[^a-z]+$", ".{3,5}", "^\\w+@\\w+\\.com$", "", "^[^\\s]*$", "(?i)abc"],
)
def test_examples_match(pattern: str) -> None:
    found = examples(pattern)
    assert found
    assert all(re.search(pattern, text) for text in found)


@pytest.mark.parametrize("pattern", ["(?<x", "^a{100000}$", "(a)\\1", "\\p{L}"])
def test_what_is_beyond_gives_nothing(pattern: str) -> None:
    assert examples(pattern) == ()
