from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.domain.contracts import State, digest
from registry.domain.errors import Conflict, DomainError, Invalid, NotFound
from registry.services import Registry, contracts, publishing, versions
from registry.services.candidates import read
from tests.registry.conftest import Clock
from tests.registry.examples import EVENTS, orders, proposal


def test_a_version_is_there_for_ever_as_it_was_sent(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        version = versions.get(context, "erp/orders", "1.0.0")
        assert versions.files(context, version) == {"orders.yaml": orders()}
        assert version.files["orders.yaml"] == digest(orders())
        assert (version.state, version.major, version.specification) == (State.PUBLISHED, 1, "OpenAPI 3.0.3")
        assert versions.get(context, "erp/orders", "latest") == version
        for wrong in (("erp/orders", "9.9.9"), ("erp/absent", "1.0.0")):
            with pytest.raises(NotFound):
                versions.get(context, *wrong)
        with pytest.raises(NotFound):
            versions.content(context, digest(b"absent"))


def test_the_same_bytes_again_are_a_no_op_and_other_bytes_are_refused(published: Registry) -> None:
    same, other = (
        read({"orders.yaml": orders()}, "orders.yaml"),
        read({"orders.yaml": orders(description="X")}, "orders.yaml"),
    )
    with published.unit(SYSTEM) as context:
        version, stored = versions.store(context, "erp/orders", "1.0.0", same)
        assert not stored
        assert context.entries == []
        with pytest.raises(Conflict) as raised:
            versions.store(context, "erp/orders", "1.0.0", other)
    assert raised.value.details == {"version": "1.0.0", "stored": version.digest, "sent": other.digest}


def test_a_used_number_stays_used_after_retirement(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        versions.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=1))
    clock.forward(days=2)
    with published.unit(SYSTEM) as context:
        assert versions.retire(context, "erp/orders", "1.0.0").state is State.RETIRED
        assert versions.retire(context, "erp/orders", "1.0.0").state is State.RETIRED
        assert contracts.get(context, "erp/orders").latest is None
        other = read({"orders.yaml": orders(description="X")}, "orders.yaml")
        with pytest.raises(Conflict, match="retired"):
            versions.store(context, "erp/orders", "1.0.0", other)


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
                _, stored = versions.store(context, "erp/orders", "1.0.0", candidate)
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


def test_the_latest_is_the_highest_and_not_the_newest(published: Registry) -> None:
    for number in ("1.10.0", "1.2.0", "1.11.0-rc.1"):
        publishing.publish(published, SYSTEM, proposal(number, source="import"))
    with published.unit.read(SYSTEM) as context:
        assert [one.version for one in versions.browse(context, "erp/orders").items] == [
            "1.11.0-rc.1",
            "1.10.0",
            "1.2.0",
            "1.0.0",
        ]
        assert versions.get(context, "erp/orders", "latest").version == "1.11.0-rc.1"
        first = versions.browse(context, "erp/orders", limit=3)
        assert [one.version for one in versions.browse(context, "erp/orders", after=first.after).items] == [
            "1.0.0"
        ]


def test_what_a_new_version_follows(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("2.0.0", source="import"))
    with published.unit.read(SYSTEM) as context:

        def before(number: str | None) -> str | None:
            found = versions.predecessor(context, "erp/orders", number)
            return found.version if found else None

        assert [before(number) for number in ("0.9.0", "1.0.0", "1.0.1", "2.0.0", "3.0.0", None)] == [
            None,
            "1.0.0",
            "1.0.0",
            "2.0.0",
            "2.0.0",
            "2.0.0",
        ]
        assert versions.predecessor(context, "erp/absent", "1.0.0") is None


def test_a_contract_counts_in_one_way_and_is_of_one_kind(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        with pytest.raises(Invalid, match="three numbers"):
            versions.store(context, "erp/orders", "2026-01-01", read({"a": orders()}, "a"))
        with pytest.raises(Conflict, match="AsyncAPI"):
            versions.store(context, "erp/orders", "2.0.0", read({"a.yaml": EVENTS.encode()}, "a.yaml"))


def test_deprecation_has_dates_and_a_replacement_that_exists(published: Registry, clock: Clock) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    later = clock.now + timedelta(days=90)
    with published.unit(SYSTEM) as context:
        made = versions.deprecate(context, "erp/orders", "1.0.0", sunset_at=later, replacement="1.1.0")
        assert (made.state, made.deprecated_at, made.sunset_at) == (State.DEPRECATED, clock.now, later)
        assert made.replacement == "erp/orders@1.1.0"
        noted = len(context.entries)
        assert versions.deprecate(context, "erp/orders", "1.0.0") == made
        assert len(context.entries) == noted
        with pytest.raises(Invalid):
            versions.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now - timedelta(days=1))
        with pytest.raises(Invalid):
            versions.deprecate(context, "erp/orders", "1.0.0", replacement="1.0.0")
        for absent in ("7.0.0", "erp/absent@1.0.0"):
            with pytest.raises(NotFound):
                versions.deprecate(context, "erp/orders", "1.0.0", replacement=absent)
        assert [one.version for one in versions.calendar(context)] == ["1.0.0"]


def test_nobody_is_cut_off_before_the_promised_day(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        with pytest.raises(Conflict, match="never deprecated"):
            versions.retire(context, "erp/orders", "1.0.0")
        versions.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=30))
        with pytest.raises(Conflict, match="2026-12-23"):
            versions.retire(context, "erp/orders", "1.0.0")


def test_a_draft_becomes_published_once(landscape: Registry) -> None:
    draft = replace(proposal(), draft=True)
    made = publishing.publish(landscape, SYSTEM, draft)
    assert made.version is not None
    assert made.version.state is State.DRAFT
    with landscape.unit.read(SYSTEM) as context:
        assert contracts.get(context, "erp/orders").latest is None
    promoted = publishing.promote(landscape, SYSTEM, "erp/orders", "1.0.0")
    assert promoted.version is not None
    assert promoted.version.state is State.PUBLISHED
    with pytest.raises(Conflict):
        publishing.promote(landscape, SYSTEM, "erp/orders", "1.0.0")
    with landscape.unit.read(SYSTEM) as context:
        latest = contracts.get(context, "erp/orders").latest
        assert latest is not None
        assert latest.version == "1.0.0"


def test_live_versions_before_a_number(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    with published.unit.read(SYSTEM) as context:

        def before(number: str, limit: int = 9) -> list[str]:
            return [one.version for one in versions.live_before(context, "erp/orders", number, limit)]

        assert before("2.0.0") == ["1.1.0", "1.0.0"]
        assert before("2.0.0", 1) == ["1.1.0"]
        assert before("1.0.5") == ["1.0.0"]
        assert before("0.9.0") == []
