from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from registry.domain.access import SYSTEM
from registry.domain.contracts import State
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.services import Registry, contracts, lifecycle, publishing
from tests.registry.conftest import Clock
from tests.registry.examples import proposal


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
