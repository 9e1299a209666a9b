from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.domain.contracts import State
from registry.domain.errors import Conflict, DomainError, Invalid
from registry.services import Registry, contracts, lifecycle, storing, versions
from registry.services.candidates import read
from tests.registry.conftest import Clock
from tests.registry.examples import EVENTS, orders


def test_the_same_bytes_again_are_a_no_op_and_other_bytes_are_refused(published: Registry) -> None:
    same, other = (
        read({"orders.yaml": orders()}, "orders.yaml"),
        read({"orders.yaml": orders(description="X")}, "orders.yaml"),
    )
    with published.unit(SYSTEM) as context:
        version, stored = storing.store(context, "erp/orders", "1.0.0", same)
        assert not stored
        assert context.entries == []
        with pytest.raises(Conflict) as raised:
            storing.store(context, "erp/orders", "1.0.0", other)
    assert raised.value.details == {"version": "1.0.0", "stored": version.digest, "sent": other.digest}


def test_a_used_number_stays_used_after_retirement(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=1))
    clock.forward(days=2)
    with published.unit(SYSTEM) as context:
        assert lifecycle.retire(context, "erp/orders", "1.0.0").state is State.RETIRED
        assert lifecycle.retire(context, "erp/orders", "1.0.0").state is State.RETIRED
        assert contracts.get(context, "erp/orders").latest is None
        other = read({"orders.yaml": orders(description="X")}, "orders.yaml")
        with pytest.raises(Conflict, match="retired"):
            storing.store(context, "erp/orders", "1.0.0", other)


@pytest.mark.parametrize("same", [True, False])
def test_of_two_writers_at_once_exactly_one_wins(landscape: Registry, same: bool) -> None:
    """Real threads, each with a transaction of its own, on both databases."""
    with landscape.unit(SYSTEM) as context:
        contracts.create(context, "erp/orders", kind="openapi", owner="order-desk")
    writers = 6
    texts = [orders(description="It is read." if same else f"Writer {number}.") for number in range(writers)]
    start, outcomes = threading.Barrier(writers), [""] * writers

    def write(number: int) -> None:
        candidate = read({"orders.yaml": texts[number]}, "orders.yaml")
        start.wait()
        try:
            with landscape.unit(SYSTEM) as context:
                _, stored = storing.store(context, "erp/orders", "1.0.0", candidate)
            outcomes[number] = "stored" if stored else "there"
        except DomainError as error:
            outcomes[number] = error.code

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("stored") == 1
    assert outcomes.count("there" if same else "version-taken") == writers - 1
    with landscape.unit.read(SYSTEM) as context:
        kept = versions.files(context, versions.get(context, "erp/orders", "1.0.0"))
        assert kept == {"orders.yaml": texts[outcomes.index("stored")]}
        assert len(versions.browse(context, "erp/orders").items) == 1
        assert contracts.get(context, "erp/orders").versions == 1


def test_a_contract_counts_in_one_way_and_is_of_one_kind(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        with pytest.raises(Invalid, match="three numbers"):
            storing.store(context, "erp/orders", "2026-01-01", read({"a": orders()}, "a"))
        with pytest.raises(Conflict, match="AsyncAPI"):
            storing.store(context, "erp/orders", "2.0.0", read({"a.yaml": EVENTS.encode()}, "a.yaml"))
