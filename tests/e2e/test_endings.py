"""A version that is going away, as its callers meet it at a gateway process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.gateway.desk import Desk, wait_for
from tests.gateway.world import KEY

OURS = {"x-partner-key": KEY.decode()}


def at(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat(timespec="seconds")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    held = Desk(tmp_path)
    yield held
    held.close()


def test_brownouts_then_the_sunset_and_who_may_stay(desk: Desk) -> None:
    known = {"state": "deprecated", "deprecated_at": at(-48), "replacement_url": "/o/v2", "access": "open"}
    timetable = [{"starts_at": at(-1), "ends_at": at(1)}, {"starts_at": at(20), "ends_at": at(21)}]
    desk.prepare(**known, sunset_at=at(24), brownouts=timetable)
    with desk.gateway(""):
        assert desk.reason("maybe") == (503, "brownout")
        answer = desk.post("maybe")
        assert 3000 < int(answer.headers["retry-after"]) <= 3600
        assert answer.headers["link"] == '</o/v2>; rel="successor-version"'
        assert "deprecation" in answer.headers
    desk.prepare(**known, sunset_at=at(24), brownouts=timetable[1:])
    with desk.gateway(""):
        wait_for(lambda: desk.reason("maybe") == (200, ""), "the end of the brownout")
    desk.prepare(**known, sunset_at=at(-24), subscription={"extended_until": at(24)})
    with desk.gateway(""):
        wait_for(lambda: desk.reason("maybe") == (410, "gone"), "the sunset")
        assert desk.reason("key", OURS) == (200, "")
        assert (
            datetime.strptime(desk.post("key", OURS).headers["sunset"], "%a, %d %b %Y %H:%M:%S GMT")
            > datetime.now()
        )
