from __future__ import annotations

from typing import Any

import pytest

from tests.linters.lint.linting import ask


@pytest.mark.parametrize(
    ("schema", "places"),
    [
        ({"discriminator": "kind", "properties": {"kind": {}}, "required": ["kind"]}, []),
        ({"discriminator": "kind", "properties": {"kind": {}}}, [("required",)]),
        ({"discriminator": "kind", "required": ["kind"]}, [("properties",)]),
        ({"discriminator": "kind", "properties": [], "required": "kind"}, [("properties",), ("required",)]),
        ({"discriminator": {"propertyName": "kind"}}, []),
        ([], []),
    ],
)
def test_it_is_defined_and_required(schema: Any, places: list[tuple[str, ...]]) -> None:
    assert [problem.below for problem in ask("oasDiscriminator", schema)] == places
