from typing import Any

import pytest

from contracts.model import Origin, Schema
from contracts.schemas import Direction, Translator
from gateway.checks.check import Checks
from gateway.rules import Rules
from tests.gateway.world import ORDERS, api_of


def accepts(schema: dict[str, Any], value: Any, *, formats: bool = True) -> bool:
    checks = Checks(Translator(api_of(ORDERS).documents), Rules(formats=formats))
    return checks.make(Schema(schema, Origin("orders.yaml", ()), "openapi-3.0"), Direction.REQUEST).accepts(
        value
    )


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "string", "format": "byte"}, "aGVsbG8=", "aGVsbG8"),
        ({"type": "string", "format": "date-time"}, "2026-01-31T12:00:00Z", "2026-01-31"),
        ({"type": "string", "format": "date"}, "2026-01-31", "2026-02-31"),
        ({"type": "string", "format": "uuid"}, "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11", "6a7d7d1e"),
        ({"type": "integer", "format": "int32"}, 2**31 - 1, 2**31),
        ({"type": "integer", "format": "int64"}, -(2**63), -(2**63) - 1),
        ({"format": "int32"}, "text", 2**40),
    ],
)
def test_formats_are_asserted_unless_the_rules_say_otherwise(
    schema: dict[str, Any], good: Any, bad: Any
) -> None:
    assert accepts(schema, good)
    assert not accepts(schema, bad)
    assert accepts(schema, bad, formats=False)
