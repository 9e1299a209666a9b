from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from lading.app import open_registry
from lading.commands import serve
from lading.outcome import CouldNotTell
from lading.settings import load
from tests.lading.conftest import Lading


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that someone listens on, as long as the test runs."""
    holder = socket.create_server(("127.0.0.1", 0))
    try:
        yield holder.getsockname()[1]
    finally:
        holder.close()


def test_a_taken_port_is_told_before_anything_else_happens(
    taken: int, tmp_path: Path, lading: Lading
) -> None:
    made = lading("serve", "--port", str(taken))
    assert made.code == 2
    assert f"port {taken} on 127.0.0.1 cannot be used: " in made.err
    assert "LADING_PORT" in made.err
    assert not (tmp_path / "data").exists()
    with pytest.raises(CouldNotTell):
        serve._listening("127.0.0.1", taken)


def test_an_address_that_is_not_here(lading: Lading) -> None:
    assert "LADING_PORT" in lading("serve", "--host", "192.0.2.1", "--port", "9").err
    made = lading("serve", "--host", "no.such.host.invalid")
    assert (made.code, "there is no address" in made.err) == (2, True)
    assert lading("serve", "--port", "70000").code == 2


def test_a_data_folder_that_is_none(tmp_path: Path, lading: Lading) -> None:
    (tmp_path / "data").write_text("a file")
    with serve._listening("127.0.0.1", 0) as probe:
        free = probe.getsockname()[1]
    made = lading("serve", "--port", str(free))
    assert (made.code, "LADING_DATA" in made.err) == (2, True)


def test_the_first_start_prints_a_link_and_later_ones_only_when_asked(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load()
    registry = open_registry(settings)
    try:
        links = []
        for again in (False, False, True):
            serve._welcome(settings, registry, "admin@localhost", again)
            told = capsys.readouterr().err
            assert told.startswith("Registry and portal on http://127.0.0.1:8400\n")
            links.append(re.search(r"http://127\.0\.0\.1:8400/\S{20,}", told))
    finally:
        registry.close()
    assert [bool(link) for link in links] == [True, False, True]


def test_a_served_registry_is_ready(server: str) -> None:
    assert httpx.get(f"{server}/readyz").status_code == 200
    assert httpx.get(f"{server}/sign-in").status_code == 200
