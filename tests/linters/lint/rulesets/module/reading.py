"""What the tests of this folder share: a module's text read, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from linters.lint import RulesetError
from linters.lint.rulesets.module.definition import read_module


def read(text: str) -> dict[str, Any]:
    return dict(read_module(text.encode(), "house.mjs"))


def value(expression: str, before: str = "") -> Any:
    """What an expression is worth."""
    return read(f"{before}\nexport default {{ it: {expression} }};")["it"]


def refused(text: str) -> RulesetError:
    with pytest.raises(RulesetError) as caught:
        read(text)
    return caught.value
