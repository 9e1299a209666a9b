"""The parts of `lading up` that can be tried alone; tests/e2e runs the whole."""

from __future__ import annotations

import io
import threading
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from lading.commands import up
from lading.demo import traffic
from lading.outcome import CouldNotTell
from lading.processes import Household
from lading.settings import Settings


def test_the_announcement_keeps_the_link_in_one_piece_in_a_narrow_terminal(tmp_path: Path) -> None:
    out = io.StringIO()
    link = "http://127.0.0.1:8400/sign-in/" + "x" * 60
    up._announce(Console(file=out, width=40), Settings(data=tmp_path), link)
    assert link in out.getvalue()
    assert "Ctrl-C stops everything" in out.getvalue()


def test_a_child_that_ends_by_itself_ends_the_run_with_its_last_words(tmp_path: Path) -> None:
    with Household(tmp_path) as household:
        child = household.start("gateway", ["no_such_module"], {})
        child.popen.wait()
        with pytest.raises(CouldNotTell, match=r"gateway has ended by itself:\n.*no_such_module"):
            up._watch(household, threading.Event())


def test_watching_ends_when_asked(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    up._watch(Household(tmp_path), stop)


def test_a_gateway_that_answers_nothing_well_is_not_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "send", lambda client, keys: Counter({401: 8}))
    with pytest.raises(CouldNotTell, match="401: 8"):
        up._first_round(Settings(data=tmp_path), {})
