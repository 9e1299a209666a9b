"""`lading lsp` starts a server; what it does is tested where it does it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lading import cli
from lading.commands import lsp
from lading.lsp.server import Server


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(Server, "start_io", lambda self: calls.append((self.session.judges.wanted,)))
    monkeypatch.setattr(Server, "start_tcp", lambda _self, host, port: calls.append((host, port)))
    return calls


def test_it_speaks_on_standard_output_or_on_a_port_of_this_machine(started: list[tuple[object, ...]]) -> None:
    assert lsp.command(ruleset="lading:auth") == 0
    assert lsp.command(tcp=2087) == 0
    assert lsp.command(tcp=2087, stdio=True) == 0
    assert started == [("lading:auth",), ("127.0.0.1", 2087), ("",)]


def test_a_port_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["lsp", "--tcp", "70000"])
    assert ended.value.code == 2
    assert "65535" in capsys.readouterr().err


def test_other_commands_do_not_wait_for_it(tmp_path: Path) -> None:
    code = "import sys, lading.commands.lint; sys.exit('pygls' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
