from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import pytest
import typer

from lading import cli
from lading.parameters import plain


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("a", str, "a"),
        ("a", Path, Path("a")),
        (Path("a"), Path, Path("a")),
        ("red", Colour, Colour.RED),
        (Colour.RED, Colour, Colour.RED),
        (["a", "b"], list[Path], [Path("a"), Path("b")]),
        ("blue", Colour, None),
        (["red", "blue"], list[Colour], None),
        ("7", int, None),
        (7, str, None),
        ([], list[str], None),
    ],
)
def test_what_is_plainly_right_is_read_and_nothing_else(value: Any, kind: Any, expected: Any) -> None:
    read = plain(value, kind)
    assert read == expected
    assert type(read) is type(expected)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a command `try` was called with."""
    seen: list[Any] = []

    def command(
        names: Annotated[list[str], typer.Argument()],
        number: int = 3,
        colour: Colour = Colour.RED,
        folders: Annotated[list[Path] | None, typer.Option("--folder")] = None,
        loud: bool | None = None,
    ) -> None:
        seen.append((names, number, colour, folders, loud))

    module = ModuleType("lading.commands.try_", "Try.")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lading.commands.try_", module)
    monkeypatch.setattr(cli, "commands", lambda: {"try": "try_"})
    return seen


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["try", *arguments])
    assert isinstance(raised.value.code, int)
    return raised.value.code


def test_a_command_is_called_as_typer_would(given: list[Any]) -> None:
    assert run("a", "b") == 0
    assert run("a", "--number", "7", "--colour", "red", "--folder", "x", "--folder", "y", "--loud") == 0
    assert given == [
        (["a", "b"], 3, Colour.RED, None, None),
        (["a"], 7, Colour.RED, [Path("x"), Path("y")], True),
    ]


@pytest.mark.parametrize(
    "arguments", [[], ["a", "--number", "x"], ["a", "--colour", "blue"], ["a", "--folder"]]
)
def test_what_is_wrong_typer_says(
    given: list[Any], arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert given == []
    assert "`lading try --help` shows how." in capsys.readouterr().err


def test_no_library_is_imported_to_read_plain_values() -> None:
    script = "import sys\nfrom lading.cli import main\ntry: main(['explain', 'nothing-like-this'])\nfinally: print('pydantic' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.stdout == "False\n"
