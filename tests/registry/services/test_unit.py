from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from registry.domain.access import SYSTEM
from registry.domain.errors import Conflict
from registry.services import Registry, audit, teams
from registry.store.tables import TeamRow


def test_what_raises_leaves_nothing_behind(registry: Registry) -> None:
    def halfway() -> None:
        with registry.unit(SYSTEM) as context:
            teams.put_team(context, "a-team")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        halfway()
    with registry.unit.read(SYSTEM) as context:
        assert teams.teams(context) == ()
        assert all(entry.subject != "a-team" for entry in audit.browse(context).items)


def test_looking_keeps_nothing(registry: Registry) -> None:
    with registry.unit.read(SYSTEM) as context:
        context.session.add(TeamRow(name="t", title="T", created_at=context.now))
        context.session.flush()
    with registry.unit.read(SYSTEM) as context:
        assert teams.teams(context) == ()


def test_two_at_once_are_a_conflict_and_not_a_defect(registry: Registry) -> None:
    with pytest.raises(Conflict), registry.unit(SYSTEM) as context:
        context.session.execute(text("INSERT INTO environment (name, title) VALUES ('a', 'x'), ('a', 'y')"))


def test_a_defect_stays_a_defect(registry: Registry) -> None:
    with pytest.raises(Exception, match=r"(?i)null"), registry.unit(SYSTEM) as context:
        context.session.execute(text("INSERT INTO environment (name, title) VALUES ('x', NULL)"))


def test_many_writers_wait_for_each_other_and_the_chain_holds(registry: Registry) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def write(number: int) -> None:
        start.wait()
        try:
            for turn in range(5):
                with registry.unit(SYSTEM) as context:
                    teams.put_team(context, f"team-{number}-{turn}")
        except BaseException as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with registry.unit.read(SYSTEM) as context:
        assert len(teams.teams(context)) == 40
        assert audit.verify(context).reason == ""


def test_gateways_are_told_after_the_commit_only(registry: Registry) -> None:
    before = registry.changes.count
    with registry.unit(SYSTEM) as context:
        teams.put_plan(context, "small", limit=1, window=1, burst=1)
        assert registry.changes.count == before
    assert registry.changes.count == before + 1
    with registry.unit(SYSTEM) as context:
        teams.put_team(context, "quiet")
    assert registry.changes.count == before + 1
