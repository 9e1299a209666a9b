from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from registry.services.chain import Entry, seal, sealed

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_the_hash_covers_every_part_and_the_one_before() -> None:
    row = sealed(Entry("version.published", "a/b@1.0.0", {"digest": "x"}), "", AT, "ada")
    changed = [
        {**row, "previous": "y"},
        {**row, "actor": "bob"},
        {**row, "action": "z"},
        {**row, "subject": "z"},
        {**row, "details": {}},
        {**row, "at": AT + timedelta(microseconds=1)},
    ]
    assert seal(row) == row["hash"]
    assert len({seal(one) for one in changed} | {row["hash"]}) == 7


def test_the_hash_does_not_depend_on_the_zone_that_a_time_is_written_in() -> None:
    entry = Entry("x", "y", {})
    there = AT.astimezone(timezone(timedelta(hours=3)))
    assert sealed(entry, "", AT, "a")["hash"] == sealed(entry, "", there, "a")["hash"]
