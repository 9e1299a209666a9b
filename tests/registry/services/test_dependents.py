from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from registry.domain.access import SYSTEM
from registry.domain.dependents import Dependent
from registry.services import Context, Registry, consumers, dependents, lifecycle, observations, publishing
from tests.registry.conftest import NOON, Clock
from tests.registry.examples import orders, proposal

from .test_observations import batch, call


def saw(context: Context, name: str, *calls: Any, environment: str = "default") -> None:
    observations.ingest(context, replace(batch(name, *calls), environment=environment))


@pytest.fixture
def acme(published: Registry) -> str:
    """The id of a consumer that subscribes to nothing."""
    with published.unit(SYSTEM) as context:
        return consumers.create(context, "acme-wms").id


def served(registry: Registry, number: str = "1.0.0") -> list[str | None]:
    with registry.unit.read(SYSTEM) as context:
        return [each.consumer for each in dependents.of(context, "erp/orders", number)]


def test_callers_come_first_the_latest_on_top_and_silent_subscribers_last(
    published: Registry, acme: str
) -> None:
    with published.unit(SYSTEM) as context:
        for name in ("zeta", "beta"):
            consumers.create(context, name)
            consumers.subscribe(context, name, "erp/orders", 1)
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        saw(context, "batch-1", call(consumer=acme), call(count=1, last_at=NOON + timedelta(minutes=9)))
        saw(context, "batch-2", call(consumer=acme, count=4), environment="staging")
    with published.unit.read(SYSTEM) as context:
        assert dependents.of(context, "erp/orders", "1.0.0") == (
            Dependent(None, False, 1, NOON + timedelta(minutes=9), ("default",)),
            Dependent("acme-wms", True, 7, NOON + timedelta(minutes=1), ("default", "staging")),
            Dependent("beta", True),
            Dependent("zeta", True),
        )


def test_calls_count_if_they_were_answered_and_lately(published: Registry, acme: str, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        saw(context, "batch-1", call(consumer=acme, outcome="refused"))
    assert served(published) == []
    with published.unit(SYSTEM) as context:
        saw(context, "batch-2", call(consumer=acme, outcome="violation"))
    clock.now = NOON + timedelta(days=30)
    assert served(published) == ["acme-wms"]
    clock.forward(minutes=2)
    assert served(published) == []


def test_who_called_another_version_of_the_line_since_has_moved(published: Registry, acme: str) -> None:
    later = {"first_at": NOON, "last_at": NOON + timedelta(hours=3)}
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    publishing.publish(published, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    with published.unit(SYSTEM) as context:
        saw(context, "batch-1", call(consumer=acme))
        saw(context, "batch-2", call(consumer=acme, version="2.0.0", **later))
    assert served(published) == ["acme-wms"], "another line has another address: it may call both"
    with published.unit(SYSTEM) as context:
        saw(context, "batch-3", call(consumer=acme, version="1.1.0", **later), environment="staging")
    assert served(published) == ["acme-wms"], "it moved in another environment"
    with published.unit(SYSTEM) as context:
        saw(context, "batch-4", call(consumer=acme, version="1.1.0", **later))
    assert served(published) == []
    assert served(published, "1.1.0") == ["acme-wms"]


def test_a_subscription_means_the_newest_version_or_the_one_it_is_pinned_to(
    published: Registry, acme: str
) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    with published.unit(SYSTEM) as context:
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
    assert (served(published, "1.0.0"), served(published, "1.1.0")) == ([], ["acme-wms"])
    with published.unit(SYSTEM) as context:
        consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.0")
    assert (served(published, "1.0.0"), served(published, "1.1.0")) == (["acme-wms"], [])
    with published.unit(SYSTEM) as context:
        consumers.unsubscribe(context, "acme-wms", "erp/orders", 1)
    assert served(published, "1.0.0") == []


def test_after_the_sunset_only_those_with_an_extension_are_served(
    published: Registry, acme: str, clock: Clock
) -> None:
    with published.unit(SYSTEM) as context:
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        saw(context, "batch-1", call(consumer=acme), call())
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=NOON + timedelta(days=5))
    assert served(published) == ["acme-wms", None]
    clock.forward(days=6)
    assert served(published) == []
    with published.unit(SYSTEM) as context:
        consumers.extend(context, "acme-wms", "erp/orders", 1, until=NOON + timedelta(days=9))
    assert served(published) == ["acme-wms"]
    with published.unit(SYSTEM) as context:
        saw(context, "batch-2", call(consumer=acme, last_at=NOON + timedelta(days=6)))
        (found,) = dependents.of(context, "erp/orders", "1.0.0")
        assert found.last_at == NOON + timedelta(days=6)
    clock.forward(days=4)
    assert served(published) == ["acme-wms"], "it was answered after the sunset, whatever the registry thinks"


def test_a_draft_and_what_is_not_there_serve_nobody(published: Registry, acme: str) -> None:
    publishing.publish(published, SYSTEM, replace(proposal("3.0.0", orders("3.0.0")), draft=True))
    assert served(published, "3.0.0") == served(published, "9.9.9") == []
