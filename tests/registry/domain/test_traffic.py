from __future__ import annotations

import dataclasses

from registry.domain import traffic


def test_observations_are_values() -> None:
    for kind in (
        traffic.CallReport,
        traffic.ViolationReport,
        traffic.Batch,
        traffic.Violation,
        traffic.Caller,
    ):
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]
    assert {field.name for field in dataclasses.fields(traffic.Receipt)} == {
        "batch",
        "repeated",
        "calls",
        "violations",
        "shadows",
        "uses",
    }
