from __future__ import annotations

import pytest
from sqlalchemy import text

from registry.domain.access import NOBODY, SYSTEM
from registry.domain.errors import Unauthenticated
from registry.services import Context, Registry, audit


def test_publishing_leaves_its_trace(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        actions = [entry.action for entry in audit.browse(context, subject="erp/orders").items]
    assert actions == ["gate.pass", "version.published", "contract.created"]


def test_pages_go_back_in_time_without_gaps(published: Registry) -> None:
    with published.unit.read(SYSTEM) as context:
        everything = audit.browse(context, limit=200).items
        paged, after = [], None
        while True:
            page = audit.browse(context, after=after, limit=2)
            paged += page.items
            after = page.after
            if after is None:
                break
    assert tuple(paged) == everything


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE audit SET actor = 'somebody else' WHERE id = 2", "changed after it was written"),
        ("DELETE FROM audit WHERE id = 2", "does not follow"),
        ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "missing at the end"),
    ],
)
def test_who_rewrites_the_past_is_found_out(published: Registry, change: str, what: str) -> None:
    with published.unit(SYSTEM) as context:
        assert audit.verify(context).reason == ""
        context.session.execute(text(change))
        assert what in audit.verify(context).reason


def test_the_audit_is_not_for_everybody(registry: Registry) -> None:
    with registry.unit.read(NOBODY) as opened, pytest.raises(Unauthenticated):
        audit.browse(opened)


def test_subjects_with_wildcards_are_taken_literally(context: Context) -> None:
    assert audit.browse(context, subject="%").items == ()
