from __future__ import annotations

from sqlalchemy import select

from registry.domain.access import SYSTEM
from registry.services import Registry
from registry.services.upserting import chunks, extreme, insert
from registry.store.tables import BatchRow
from tests.registry.conftest import NOON


def test_rows_come_in_as_many_as_a_statement_may_hold() -> None:
    rows = [{"n": number} for number in range(450)]
    assert [len(chunk) for chunk in chunks(rows)] == [200, 200, 50]
    assert [row for chunk in chunks(rows) for row in chunk] == rows
    assert list(chunks([])) == []


def test_both_databases_insert_or_keep_and_know_extremes(registry: Registry) -> None:
    row = {"id": "b1", "gateway": "g", "environment": "default", "received_at": NOON}
    with registry.unit(SYSTEM) as context:
        for gateway in ("g", "other"):
            statement = insert(context, BatchRow).values({**row, "gateway": gateway})
            context.session.execute(statement.on_conflict_do_nothing())
        assert context.session.scalars(select(BatchRow.gateway)).all() == ["g"]
        least, greatest = (extreme(context, which, BatchRow.gateway, "f") for which in ("least", "greatest"))
        assert context.session.execute(select(least, greatest)).one() == ("f", "g")
