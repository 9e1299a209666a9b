from __future__ import annotations

import asyncio
from pathlib import Path

from gateway.traffic.learning.draft import Learner
from gateway.traffic.learning.drafting import Drafting
from gateway.traffic.recorded import Known, Recorded
from gateway.verdicts import Request, Response
from tests.gateway.world import in_loop, until


def learn(learner: Learner, path: bytes) -> None:
    learner.add(Recorded("", "", Request("GET", path), Response(200), Known(True, True, True, True)))


def test_a_draft_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    learner, target = Learner(), tmp_path / "draft.yaml"
    held = Drafting(learner, target)
    assert held.write() is None
    assert not target.exists()
    learn(learner, b"/orders")
    draft = held.write()
    assert draft is not None
    assert "/orders" in target.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["draft.yaml"]


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    learner = Learner()
    learn(learner, b"/orders")
    held = Drafting(learner, tmp_path / "nowhere" / "draft.yaml")
    assert held.write() is None
    assert held.problem == "No such file or directory"


@in_loop
async def test_it_is_written_from_time_to_time(tmp_path: Path) -> None:
    learner, target = Learner(), tmp_path / "draft.yaml"
    learn(learner, b"/orders")
    task = asyncio.create_task(Drafting(learner, target).writing(0.01))
    await until(target.exists)
    learn(learner, b"/returns")
    await until(lambda: "/returns" in target.read_text())
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
