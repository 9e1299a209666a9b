from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.configuration import PLAIN
from gateway.http.server import bind
from lading.learning import Learning
from lading.outcome import COULD_NOT_TELL, YES, CouldNotTell

UPSTREAM = ("http://127.0.0.1:9",)


@pytest.mark.parametrize(
    ("upstreams", "told"),
    [
        ((), "names where calls go"),
        (("ftp://x",), "names where calls go"),
        (("http://ada:planted@x",), "no user, no password"),
        (("http://x/a", "http://x/b"), "different paths"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, upstreams: tuple[str, ...], told: str) -> None:
    with pytest.raises(CouldNotTell, match=told) as caught:
        Learning(tmp_path / "draft.yaml", upstreams, None, PLAIN)
    assert "planted" not in str(caught.value) + caught.value.message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match="no folder"):
        Learning(tmp_path / "nowhere" / "draft.yaml", UPSTREAM, None, replace(PLAIN))


def test_nothing_learned_is_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learning = Learning(tmp_path / "draft.yaml", UPSTREAM, None, PLAIN)
    with bind("127.0.0.1", 0) as listener, bind("127.0.0.1", 0) as office:
        learning.announce(listener, office)
        port = office.getsockname()[1]
    assert learning.finish() == COULD_NOT_TELL
    told = capsys.readouterr().err
    assert "NOTHING IS CHECKED" in told
    assert "nothing to write" in told
    assert f"http://127.0.0.1:{port}/-/draft" in told
    assert not (tmp_path / "draft.yaml").exists()


def test_it_serves_until_it_is_told_to_end_and_says_what_it_learned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from gateway.traffic.recorded import Known, Recorded
    from gateway.verdicts import Request, Response

    async def at_once(*_: object) -> None:
        return None

    monkeypatch.setattr("gateway.service.until_told", at_once)
    learning = Learning(tmp_path / "draft.yaml", UPSTREAM, None, PLAIN)
    asyncio.run(learning.run(bind("127.0.0.1", 0), grace=0.1))
    learning._learner.add(
        Recorded("", "", Request("GET", b"/orders"), Response(200), Known(True, True, True, True))
    )
    assert learning.finish() == YES
    assert "1 operations from 1 exchanges" in capsys.readouterr().err
    assert (tmp_path / "draft.yaml").exists()
