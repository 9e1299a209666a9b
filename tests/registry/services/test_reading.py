from __future__ import annotations

import pytest

from contracts.model import HttpApi
from registry.domain.access import SYSTEM
from registry.domain.errors import NotFound
from registry.services import Registry
from registry.services.reading import model_of


def test_the_model_of_a_version(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        api = model_of(context, "erp/orders", "1.0.0")
        assert isinstance(api, HttpApi)
        assert [operation.key for operation in api.operations] == ["GET /orders/{orderId}"]
        with pytest.raises(NotFound):
            model_of(context, "erp/orders", "9.0.0")
