from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from lading.outcome import CouldNotTell
from lading.processes import Household, free_port, require_free


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_is_ready_when_it_answers_and_ends_with_the_household(tmp_path: Path) -> None:
    port = free_port()
    with Household(tmp_path) as household:
        process = household.start("web", ["http.server", str(port), "--bind", "127.0.0.1"], {})
        household.wait_ready(process, f"http://127.0.0.1:{port}/")
        pid = process.popen.pid
        assert household.ended() is None
        assert alive(pid)
    assert not alive(pid)


def test_a_child_that_dies_early_says_why(tmp_path: Path) -> None:
    with Household(tmp_path) as household:
        process = household.start("nothing", ["no_such_module"], {})
        with pytest.raises(
            CouldNotTell, match=r"nothing ended before it was ready:\n.*No module named no_such_module"
        ):
            household.wait_ready(process, "http://127.0.0.1:9/")
        assert household.ended() is process


def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lading.processes.GRACE", 0.2)
    port = free_port()
    (tmp_path / "stubborn.py").write_text(
        "import signal, http.server\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"http.server.HTTPServer(('127.0.0.1', {port}), http.server.SimpleHTTPRequestHandler).serve_forever()\n"
    )
    with Household(tmp_path) as household:
        process = household.start("stubborn", ["stubborn"], {"PYTHONPATH": str(tmp_path)})
        household.wait_ready(process, f"http://127.0.0.1:{port}/")
    assert process.popen.returncode == -signal.SIGKILL


def test_a_taken_port_is_a_clear_message() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CouldNotTell) as raised:
            require_free("127.0.0.1", port, "The registry", "LADING_PORT")
    assert f"127.0.0.1:{port}" in raised.value.message
    assert "LADING_PORT=" in raised.value.advice
