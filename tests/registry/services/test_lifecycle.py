from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.domain.contracts import State
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.services import (
    Registry,
    audit,
    consumers,
    contracts,
    lifecycle,
    observations,
    publishing,
    versions,
)
from tests.registry.conftest import Clock
from tests.registry.examples import proposal

from .test_observations import batch, call


def test_deprecation_has_dates_and_a_replacement_that_exists(published: Registry, clock: Clock) -> None:
    publishing.publish(published, SYSTEM, proposal("1.1.0"))
    later = clock.now + timedelta(days=90)
    with published.unit(SYSTEM) as context:
        made = lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=later, replacement="1.1.0")
        assert (made.state, made.deprecated_at, made.sunset_at) == (State.DEPRECATED, clock.now, later)
        assert made.replacement == "erp/orders@1.1.0"
        noted = len(context.entries)
        assert lifecycle.deprecate(context, "erp/orders", "1.0.0") == made
        assert len(context.entries) == noted
        with pytest.raises(Invalid):
            lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now - timedelta(days=1))
        with pytest.raises(Invalid):
            lifecycle.deprecate(context, "erp/orders", "1.0.0", replacement="1.0.0")
        for absent in ("7.0.0", "erp/absent@1.0.0"):
            with pytest.raises(NotFound):
                lifecycle.deprecate(context, "erp/orders", "1.0.0", replacement=absent)
        assert [one.version for one in lifecycle.calendar(context)] == ["1.0.0"]


def test_nobody_is_cut_off_before_the_promised_day(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        with pytest.raises(Conflict, match="never deprecated"):
            lifecycle.retire(context, "erp/orders", "1.0.0")
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=30))
        with pytest.raises(Conflict, match="2026-12-23"):
            lifecycle.retire(context, "erp/orders", "1.0.0")


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


def test_what_still_serves_somebody_is_not_retired(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        acme = consumers.create(context, "acme-wms")
        observations.ingest(context, batch("batch-1", call(consumer=acme.id), call()))
        lifecycle.deprecate(context, "erp/orders", "1.0.0")
        with pytest.raises(Conflict) as raised:
            lifecycle.retire(context, "erp/orders", "1.0.0", reason="it is old")
        assert versions.get(context, "erp/orders", "1.0.0").state is State.DEPRECATED
    assert raised.value.code == "still-used"
    assert raised.value.message == (
        "erp/orders@1.0.0 is still used: acme-wms called it last on 2026-11-23, "
        "and callers without a key called it last on 2026-11-23."
    )
    assert {one["consumer"]: one["calls"] for one in raised.value.details["dependents"]} == {
        None: 3,
        "acme-wms": 3,
    }
    clock.forward(days=31)
    with published.unit(SYSTEM) as context:
        assert lifecycle.retire(context, "erp/orders", "1.0.0").state is State.RETIRED


def test_force_needs_a_reason_that_is_kept_with_the_names_of_those_it_ends_for(published: Registry) -> None:
    with published.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        lifecycle.deprecate(context, "erp/orders", "1.0.0")
        for reason in ("", " \n"):
            with pytest.raises(Invalid, match="needs a reason"):
                lifecycle.retire(context, "erp/orders", "1.0.0", force=True, reason=reason)
        made = lifecycle.retire(context, "erp/orders", "1.0.0", force=True, reason=" It leaks addresses. ")
        assert made.state is State.RETIRED
    with published.unit.read(SYSTEM) as context:
        entry = audit.browse(context).items[0]
    assert (entry.action, entry.subject) == ("version.retired", "erp/orders@1.0.0")
    assert entry.details["reason"] == "It leaks addresses."
    assert [one["consumer"] for one in entry.details["served"]] == ["acme-wms"]


def test_a_promised_sunset_is_not_forced(published: Registry, clock: Clock) -> None:
    with published.unit(SYSTEM) as context:
        lifecycle.deprecate(context, "erp/orders", "1.0.0", sunset_at=clock.now + timedelta(days=30))
        with pytest.raises(Conflict, match="promised until"):
            lifecycle.retire(context, "erp/orders", "1.0.0", force=True, reason="it leaks")
