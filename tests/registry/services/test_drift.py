from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.domain.errors import Invalid, NotFound
from registry.domain.traffic import Place
from registry.services import Registry, consumers, drift, lifecycle, observations, publishing
from registry.store.tables import UseRow
from tests.registry.conftest import NOON, Clock
from tests.registry.examples import EVENTS, orders, proposal

from .test_observations import batch as calls_of
from .test_observations import call
from .test_unknown import batch, shadow, use

KEY = "GET /orders/{orderId}"


def test_unknown_paths_come_a_page_at_a_time(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        acme = consumers.create(context, "acme-wms")
        rows = tuple(shadow(f"/p{number}", last_at=NOON + timedelta(minutes=number)) for number in range(5))
        observations.ingest(context, batch("batch-1", (*rows, shadow("/mine", consumer=acme.id))))
        observations.ingest(context, batch("batch-2", (shadow("/none", contract=None),)))
    with registry.unit.read(SYSTEM) as context:
        first = drift.shadows(context, limit=3)
        rest = drift.shadows(context, after=first.after, limit=50)
        assert [one.path for one in first.items] == ["/p4", "/p3", "/p2"]
        assert {one.path for one in rest.items} == {"/p1", "/p0", "/mine", "/none"}
        assert {one.path: one.consumer for one in rest.items}["/mine"] == "acme-wms"
        assert [one.path for one in drift.shadows(context, contract="").items] == ["/none"]
        assert drift.shadows(context, environment="moon").items == ()
        late = NOON + timedelta(minutes=4)
        assert [one.path for one in drift.shadows(context, since=late).items] == ["/p4"]
        with pytest.raises(Invalid):
            drift.shadows(context, after="nonsense")


def test_versions_that_ended_and_are_called(published: Registry, clock: Clock) -> None:
    publishing.publish(published, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    with published.unit(SYSTEM) as context:
        acme = consumers.create(context, "acme-wms")
        end = context.now + timedelta(days=10)
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=end, replacement="2.0.0")
        early = call(last_at=NOON + timedelta(days=1), first_at=NOON)
        observations.ingest(context, calls_of("batch-1", early, call(version="2.0.0")))
    clock.forward(days=20)
    with published.unit.read(SYSTEM) as context:
        assert drift.zombies(context) == (), "it was called while it was served"
    late = {"last_at": NOON + timedelta(days=12), "first_at": NOON + timedelta(days=11)}
    with published.unit(SYSTEM) as context:
        observations.ingest(
            context,
            calls_of("batch-2", call(outcome="refused", consumer=acme.id, **late), call(count=2, **late)),
        )
    with published.unit.read(SYSTEM) as context:
        (found,) = drift.zombies(context)
        assert (found.contract, found.version, found.state) == ("erp/orders", "1.0.0", "deprecated")
        assert (found.consumers, found.strangers, found.calls, found.answered) == (("acme-wms",), True, 5, 2)
        assert found.replacement == "erp/orders@2.0.0"
        assert drift.zombies(context, contract="erp/other") == ()
        assert drift.zombies(context, environment="moon") == ()
        assert drift.zombies(context, since=NOON + timedelta(days=15)) == ()


def test_what_is_declared_and_what_is_used(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        uses = (
            use("/orderId"),
            use("/colour", declared=False),
            use("/200", part="status"),
            use("/207", part="status", declared=False),
        )
        observations.ingest(context, batch("batch-1", (), uses))
        observations.ingest(context, calls_of("batch-2", call()))
    with published.unit.read(SYSTEM) as context:
        found = drift.drift(context, "erp/orders", "latest")
        (operation,) = found.operations
        assert (found.version, operation.operation, operation.calls, operation.used) == ("1.0.0", KEY, 3, 2)
        assert operation.unused == (Place("response 200", "/shipmentEta"), Place("status", "/4XX"))
        assert operation.undeclared == (
            Place("response 200", "/colour", None, NOON),
            Place("status", "/207", None, NOON),
        )
        assert found.uncalled == ()
        assert drift.drift(context, "erp/orders", "1.0.0", environment="moon").uncalled == (KEY,)
        with pytest.raises(NotFound):
            drift.drift(context, "erp/orders", "9.0.0")


LISTED = [
    Place("response 200", "/items"),
    Place("response 200", "/items/*/sku"),
    Place("response 200", "/items/*/kind"),
    Place("response 200", "/items/*/kind", "a"),
    Place("response 200", "/items/*/parts"),
    Place("response 200", "/items/*/parts/*/sku"),
    Place("response 200", "/labels"),
    Place("response 200", "/labels/*", "a"),
    Place("response 200", "/labels/*", "b"),
    Place("response 200", "/next"),
]


@pytest.mark.parametrize(
    ("used", "unused"),
    [
        (["/next"], ["/items", "/labels"]),
        (["/items", "/labels"], ["/items/*", "/labels/*", "/next"]),
        (
            ["/items", "/items/*/sku", "/labels", "/labels/*=a"],
            ["/items/*/kind", "/items/*/parts", "/labels/*=b", "/next"],
        ),
        (
            ["/items", "/items/*/kind", "/items/*/parts", "/labels", "/next"],
            ["/items/*/sku", "/items/*/kind=a", "/items/*/parts/*", "/labels/*"],
        ),
    ],
)
def test_below_what_was_empty_nothing_is_told(used: list[str], unused: list[str]) -> None:
    rows = [
        UseRow(part="response 200", pointer=pointer, value=value or None, declared=True)
        for pointer, _, value in (one.partition("=") for one in used)
    ]
    found, undeclared = drift._differences(LISTED, rows)
    assert [one.pointer + (f"={one.value}" if one.value else "") for one in found] == unused
    assert undeclared == ()


def test_bodies_that_nobody_looked_at_are_not_called_unused(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        observations.ingest(context, calls_of("batch-1", call()))
    with published.unit.read(SYSTEM) as context:
        (operation,) = drift.drift(context, "erp/orders", "1.0.0").operations
    assert {place.part for place in operation.unused} == {"status"}


def test_events_have_no_calls(landscape: Registry) -> None:
    given = publishing.Proposal(
        "erp/events", {"e.yaml": EVENTS.encode()}, "e.yaml", owner="order-desk", source="import"
    )
    assert publishing.publish(landscape, SYSTEM, given).version is not None
    with landscape.unit.read(SYSTEM) as context:
        assert drift.drift(context, "erp/events", "latest").operations == ()
