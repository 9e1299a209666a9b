from __future__ import annotations

import pytest

from linters.lint.rulesets.module.recognition import is_module


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (".spectral.mjs", b"", True),
        ("house.ts", b"", True),
        ("https://lint.example/spectral.js?branch=main", b"", True),
        ("ruleset", b"// ours\nmodule.exports = {}", True),
        ("ruleset", b"extends: spectral:oas", False),
        ("house.yaml", b"import: 1", False),
        ("", b"const x", False),
    ],
)
def test_modules_are_told_by_name_or_by_how_they_begin(name: str, content: bytes, expected: bool) -> None:
    assert is_module(name, content) is expected
