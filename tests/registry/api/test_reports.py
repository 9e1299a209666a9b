from __future__ import annotations

from typing import Any

import pytest

from registry.api.reports import batch
from registry.domain.errors import Invalid

CALL: dict[str, Any] = {
    "contract": "erp/orders", "version": "1.0.0", "operation": None, "consumer": None, "outcome": "ok", "count": 1,
    "first_at": "2026-01-01T02:00:00+02:00", "last_at": "2026-01-01T00:00:00Z",
}  # fmt: skip
VIOLATION = {
    **CALL, "fingerprint": "f" * 8, "direction": "request", "location": "body", "pointer": "", "schema_pointer": "",
    "code": "type", "message": "m",
}  # fmt: skip


def body(calls: list[Any], violations: list[Any]) -> dict[str, Any]:
    return {
        "batch": "b" * 8,
        "gateway": "g",
        "environment": "default",
        "calls": calls,
        "violations": violations,
    }


def test_a_batch_is_read_with_its_times_in_utc() -> None:
    made = batch(body([{**CALL, "status": 200, "key": "k"}], [{**VIOLATION, "sample": {"a": 1}}]))
    assert made.calls[0].first_at == made.calls[0].last_at
    assert made.calls[0].key == "k"
    assert made.violations[0].sample == {"a": 1}


def test_times_out_of_order_and_samples_without_end_are_refused() -> None:
    with pytest.raises(Invalid, match="before"):
        batch(body([{**CALL, "first_at": "2026-01-01T00:00:01Z"}], []))
    with pytest.raises(Invalid, match="16 KiB"):
        batch(body([], [{**VIOLATION, "sample": {"a": "x" * 20_000}}]))
