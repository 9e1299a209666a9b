from __future__ import annotations

import re

import pytest

from linters.lint.globs import glob


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("*.json", "deep/a.json", True),
        ("v2/*.json", "v2/a.json", True),
        ("v2/*.json", "v2/x/a.json", False),
        ("v2/**/*.json", "v2/x/y/a.json", True),
        ("**/a.{yml,yaml}", "a.yaml", True),
        ("a?.json", "ab.json", True),
        ("[!b]*.json", "a.json", True),
        ("./a.json", "a.json", True),
        ("a.json", "a.json.bak", False),
    ],
)
def test_globs(pattern: str, name: str, fits: bool) -> None:
    assert (glob(pattern).fullmatch(name) is not None) is fits


def test_a_class_that_is_none_is_an_error() -> None:
    with pytest.raises(re.error):
        glob("[z-a].yaml")
