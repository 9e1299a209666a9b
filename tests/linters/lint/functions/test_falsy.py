from typing import Any

import pytest

from linters.lint.javascript import UNDEFINED
from tests.linters.lint.linting import ask


@pytest.mark.parametrize("value", [1, "x", [], {}, True])
def test_objects_to_what_is_there(value: Any) -> None:
    assert len(ask("falsy", value)) == 1


@pytest.mark.parametrize("value", [UNDEFINED, None, 0, "", False])
def test_accepts_what_is_absent_or_empty(value: Any) -> None:
    assert ask("falsy", value) == []
