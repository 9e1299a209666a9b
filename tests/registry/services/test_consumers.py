from __future__ import annotations

from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM, Actor, Scope
from registry.domain.errors import Conflict, Forbidden, Invalid, NotFound
from registry.services import Registry, consumers, publishing
from registry.services.secrets import sha256
from registry.store.tables import CredentialRow
from tests.registry.conftest import Clock
from tests.registry.examples import proposal


def test_a_consumer_with_its_subscriptions_and_keys(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        made = consumers.create(context, "acme-wms", owner="order-desk")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        issued = consumers.issue_key(context, "acme-wms", label="test")
        whole = consumers.get(context, "acme-wms")
        assert (whole.id, whole.subscriptions[0].plan) == (made.id, "standard")
        assert whole.credentials == (issued.credential,)
        assert [one.consumer for one in consumers.subscribers(context, "erp/orders")] == ["acme-wms"]
        assert consumers.names_of(context, {made.id, "other"}) == {made.id: "acme-wms"}
        with pytest.raises(Conflict):
            consumers.create(context, "acme-wms")
        with pytest.raises(NotFound):
            consumers.create(context, "other", owner="nobody")


def test_only_the_hash_of_a_key_is_kept(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        issued = consumers.issue_key(context, "acme-wms")
        row = context.session.get_one(CredentialRow, issued.credential.id)
        assert row.sha256 == sha256(issued.text)
        assert issued.text not in str(vars(row))
        assert all(issued.text not in str(entry) for entry in context.entries)


def test_subscriptions_need_a_line_and_a_plan_that_exist(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        for wrong in ({"major": 7}, {"plan": "absent"}, {"contract": "erp/absent"}, {"name": "absent"}):
            given = {"name": "acme-wms", "contract": "erp/orders", "major": 1, **wrong}
            with pytest.raises(NotFound):
                consumers.subscribe(context, **given)
        with pytest.raises(NotFound):
            consumers.unsubscribe(context, "acme-wms", "erp/orders", 1)
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        consumers.unsubscribe(context, "acme-wms", "erp/orders", 1)
        consumers.unsubscribe(context, "acme-wms", "erp/orders", 1)
        assert consumers.subscribers(context, "erp/orders") == ()
        again = consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        assert again.ended_at is None


def test_keys_are_rotated_with_time_to_change_over(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        first = consumers.issue_key(context, "acme-wms").credential
        second = consumers.rotate_key(
            context, "acme-wms", first.id, until=clock.now + timedelta(days=1)
        ).credential
        third = consumers.rotate_key(context, "acme-wms", second.id).credential
        held = {one.id: one for one in consumers.get(context, "acme-wms").credentials}
        assert held[first.id].expires_at == clock.now + timedelta(days=1)
        assert held[second.id].revoked_at == clock.now
        assert held[third.id].revoked_at is None
        with pytest.raises(Conflict):
            consumers.rotate_key(context, "acme-wms", second.id)


def test_revoking_is_for_ever_and_by_the_own_consumer(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        for name in ("acme-wms", "other"):
            consumers.create(context, name)
        key = consumers.issue_key(context, "acme-wms").credential.id
        with pytest.raises(NotFound):
            consumers.revoke_key(context, "other", key)
        first = consumers.revoke_key(context, "acme-wms", key)
        assert first.revoked_at is not None
        assert consumers.revoke_key(context, "acme-wms", key) == first
        with pytest.raises(Invalid):
            consumers.issue_key(context, "acme-wms", expires_at=clock.now)


def test_readers_issue_no_keys(published: Registry) -> None:
    reader = Actor("machine", "reader", "", {"*": frozenset({Scope.CONSUMERS_READ})})
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
    with published.unit.read(reader) as context:
        for attempt in (consumers.issue_key, consumers.create):
            with pytest.raises(Forbidden):
                attempt(context, "acme-wms")


def test_pages(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        for name in ("c", "a", "b"):
            consumers.create(context, name)
        first = consumers.browse(context, limit=2)
        assert [one.name for one in first.items] == ["a", "b"]
        assert [one.name for one in consumers.browse(context, after=first.after).items] == ["c"]


def test_the_owner_of_a_line_pins_a_consumer_to_a_version_of_it(published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        with pytest.raises(NotFound):
            consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.0")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        assert consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.0.x").pin == "1.0"
        noted = len(context.entries)
        consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.0")
        assert len(context.entries) == noted
        assert consumers.pin(context, "acme-wms", "erp/orders", 1, version="1.1.0").pin == "1.1.0"
        for wrong in ("1.2", "2.0", "1.1.1"):
            with pytest.raises(NotFound, match=wrong):
                consumers.pin(context, "acme-wms", "erp/orders", 1, version=wrong)
        with pytest.raises(Invalid):
            consumers.pin(context, "acme-wms", "erp/orders", 1, version="newest")
    with (
        published.unit(Actor("person", "c", "", {"*": frozenset({Scope.CONSUMERS_WRITE})})) as context,
        pytest.raises(Forbidden),
    ):
        consumers.pin(context, "acme-wms", "erp/orders", 1, version=None)
    with published.unit(SYSTEM) as context:
        assert consumers.get(context, "acme-wms").subscriptions[0].pin == "1.1.0"
        assert consumers.pin(context, "acme-wms", "erp/orders", 1, version=None).pin is None


def test_the_owner_of_a_line_lets_a_consumer_call_it_for_longer(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        until = context.now + timedelta(days=30)
        with pytest.raises(NotFound):
            consumers.extend(context, "acme-wms", "erp/orders", 1, until=until)
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        assert consumers.extend(context, "acme-wms", "erp/orders", 1, until=until).extended_until == until
        noted = len(context.entries)
        consumers.extend(context, "acme-wms", "erp/orders", 1, until=until)
        assert len(context.entries) == noted
        with pytest.raises(Invalid):
            consumers.extend(context, "acme-wms", "erp/orders", 1, until=context.now)
    with (
        published.unit(Actor("person", "c", "", {"*": frozenset({Scope.CONSUMERS_WRITE})})) as context,
        pytest.raises(Forbidden),
    ):
        consumers.extend(context, "acme-wms", "erp/orders", 1, until=None)
    with published.unit(SYSTEM) as context:
        assert consumers.extend(context, "acme-wms", "erp/orders", 1, until=None).extended_until is None
