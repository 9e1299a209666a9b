from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from contracts.errors import Unreadable
from lading import cli
from lading.outcome import NO, CouldNotTell


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A command `try` whose function a test sets."""
    module = ModuleType("lading.commands.try_")
    module.__doc__ = "Try."
    monkeypatch.setitem(sys.modules, "lading.commands.try_", module)
    monkeypatch.setattr(cli, "commands", lambda: {"try": "try_"})
    return module


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(arguments)
    assert isinstance(raised.value.code, int)
    return raised.value.code


def test_a_command_ends_as_it_says(command: ModuleType) -> None:
    command.command = lambda: NO
    assert run("try") == 1
    command.command = lambda: None
    assert run("try") == 0


@pytest.mark.parametrize(
    "error",
    [
        Unreadable("syntax", "Broken.", "a.yaml", 3),
        CouldNotTell("Away.", "Start it."),
        RuntimeError("defect"),
    ],
)
def test_what_could_not_be_told_never_reads_as_yes_or_no(
    command: ModuleType, error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    command.command = fail
    assert run("try") == 2
    captured = capsys.readouterr()
    assert str(error) in captured.err
    assert ("Traceback" in captured.err) == isinstance(error, RuntimeError)


def test_an_unknown_command_or_option_is_not_run(
    command: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    command.command = lambda: None
    assert run("tyr") == 2
    assert "Did you mean 'try'?" in capsys.readouterr().err
    assert run("try", "--nope") == 2
    assert "`lading try --help`" in capsys.readouterr().err


def test_subcommands(command: ModuleType) -> None:
    command.commands = {"issue": lambda: NO}
    assert run("try", "issue") == 1


@pytest.mark.parametrize("name", sorted(cli.commands()))
def test_every_command_teaches(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = import_module(f"lading.commands.{cli.commands()[name]}")
    first, *rest = (module.__doc__ or "").strip().splitlines()
    assert first.endswith(".")
    assert rest, f"`lading {name} --help` should say more than one line"
    assert run(name, "--help") == 0
    assert first in " ".join(capsys.readouterr().out.split())


def test_help_imports_no_command(root: Path) -> None:
    code = "import sys\nfrom lading import cli\ntry:\n cli.main(['--help'])\nexcept SystemExit: pass\n"
    code += "heavy = {'fastapi', 'sqlalchemy', 'jsonschema_rs', 'httpx', 'uvicorn'} & set(sys.modules)\nassert not heavy, heavy\n"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "lading up" in done.stdout


def test_lint_waits_for_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "orders.yaml").write_text("openapi: 3.0.3\ninfo: {title: Orders, version: '1'}\npaths: {}\n")
    program = (
        "import sys; from lading.cli import main\n"
        "try: main(['lint', 'orders.yaml', '--ruleset', 'spectral:oas'])\n"
        "except SystemExit: print('LOADED', *{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.rpartition("LOADED ")[2].split())
    slow = {"fastapi", "sqlalchemy", "httpx", "requests", "rich", "authlib", "openapi_spec_validator"}
    assert "linters" in loaded
    assert not slow & loaded
