from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lading.app import open_registry
from lading.settings import load
from registry.domain.access import SYSTEM
from registry.domain.traffic import Batch, CallReport
from registry.services import consumers, observations


@pytest.fixture
def called(filled: Path) -> Path:
    """The working folder, with a registry that saw acme-wms call an operation of erp/orders yesterday."""
    seen = datetime.now(UTC) - timedelta(days=1)
    registry = open_registry(load())
    with registry.unit(SYSTEM) as context:
        acme = consumers.create(context, "acme-wms")
        report = CallReport(
            "erp/orders", "1.0.0", "GET /orders/{orderId}", acme.id, "ok", 1234, first_at=seen, last_at=seen
        )
        observations.ingest(context, Batch("batch-1", "gateway", "default", (report,), ()))
    registry.close()
    return filled
