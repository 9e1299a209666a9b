from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from registry.domain.access import SYSTEM
from registry.domain.traffic import Batch, ShadowReport, UseReport
from registry.services import Registry, drift, observations, unknown
from registry.store.tables import UseRow
from tests.registry.conftest import NOON


def shadow(path: str = "/late", **facts: Any) -> ShadowReport:
    given = ShadowReport("erp/orders", "GET", path, None, False, 404, 3, NOON, NOON + timedelta(minutes=1))
    return replace(given, **facts)


def use(pointer: str = "/sku", **facts: Any) -> UseReport:
    given = UseReport(
        "erp/orders", "1.0.0", "GET /orders/{orderId}", "response 200", pointer, None, True, NOON, NOON
    )
    return replace(given, **facts)


def batch(name: str, shadows: tuple[ShadowReport, ...] = (), uses: tuple[UseReport, ...] = ()) -> Batch:
    return Batch(name, "g1", "default", (), (), shadows, uses)


def test_calls_of_one_path_by_one_caller_add_up(registry: Registry) -> None:
    later = NOON + timedelta(hours=1)
    with registry.unit(SYSTEM) as context:
        first = batch("batch-1", (shadow(), shadow(), shadow("/other"), shadow(contract=None)))
        assert observations.ingest(context, first).shadows == 4
        observations.ingest(context, first)
        observations.ingest(context, batch("batch-2", (shadow(status=200, passed=False, last_at=later),)))
        observations.ingest(context, batch("batch-3", (shadow(passed=True, status=200),)))
    with registry.unit.read(SYSTEM) as context:
        found = drift.shadows(context, contract="erp/orders").items
    assert [(one.path, one.passed, one.count, one.status) for one in found] == [
        ("/late", False, 9, 200),
        ("/late", True, 3, 200),
        ("/other", False, 3, 404),
    ]


def test_scanners_on_every_gateway_fill_nothing(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown, "MOST_SHADOWS", 10)
    with registry.unit(SYSTEM) as context:
        for number in range(3):
            paths = tuple(shadow(f"/n{number}-{index}") for index in range(8))
            observations.ingest(context, batch(f"batch-{number}", paths))
        observations.ingest(context, batch("batch-9", (shadow("/n0-0"), shadow("/fresh", contract="a/b"))))
    with registry.unit.read(SYSTEM) as context:
        found = {one.path: one.count for one in drift.shadows(context, contract="erp/orders").items}
        assert len(drift.shadows(context, contract="a/b").items) == 1
    assert len(found) == 11
    assert found[""] == 3 * 14
    assert found["/n0-0"] == 6


def test_uses_are_kept_once_and_in_bounds(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown, "MOST_USES", 5)
    later = NOON + timedelta(days=1)
    with registry.unit(SYSTEM) as context:
        observations.ingest(
            context, batch("batch-1", (), (use(), use(), use(value="a"), use(declared=False)))
        )
        many = tuple(use(f"/p{number}", last_at=later) for number in range(9))
        observations.ingest(context, batch("batch-2", (), (*many, use(last_at=later))))
        assert context.session.scalar(select(func.count()).select_from(UseRow)) == 5
        at = select(UseRow.last_at).where(UseRow.pointer == "/sku", UseRow.value.is_(None), UseRow.declared)
        assert context.session.scalars(at).one() == later
