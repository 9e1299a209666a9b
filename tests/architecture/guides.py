"""The guides as programs: their commands, what they say comes out, and the files they tell people to write.

A ```console block is a session that is run: lines that begin with `$ ` are commands, those below are the output,
shortened by `…`, and `# exits with 1` after a command is its exit code (0 otherwise). A ```sh block is not run:
its commands are only parsed, so that no option, argument or command in it is made up. `<!-- file: NAME -->`
before a block writes that block to a file, `<!-- fixture: NAME -->` on top prepares the folder.
"""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from lading import cli

_BLOCK = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>[a-z]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_FIXTURE = re.compile(r"^<!-- fixture: (\S+) -->$", re.MULTILINE)
_EXIT = re.compile(r"\s+# exits with (\d+)$")
_VARIABLE = re.compile(r"[A-Z_]+=")
SERVERS = ("serve", "gateway", "up", "lsp")
"""Commands that do not end by themselves."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a session, with the exit code and the output that the guide states for it."""

    line: int
    words: tuple[str, ...]
    exits: int
    output: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the guide tells its reader to write."""

    name: str
    text: str


def fixture(guide: str) -> str | None:
    """The name of the folder that the guide begins in."""
    found = _FIXTURE.search(guide)
    return found[1] if found else None


def sessions(guide: str) -> Iterator[Step | Written]:
    """What a reader does, in the guide's order."""
    for block in _BLOCK.finditer(guide):
        if block["file"]:
            yield Written(block["file"], block["text"])
        elif block["kind"] == "console":
            yield from _steps(block["text"], guide.count("\n", 0, block.start("text")) + 1)


def commands(guide: str) -> Iterator[tuple[int, list[str]]]:
    """Every `lading …` in console, sh and yaml blocks, with its line, as the words after `lading`."""
    for block in _BLOCK.finditer(guide):
        if block["kind"] not in ("console", "sh", "yaml", "ini"):
            continue
        first = guide.count("\n", 0, block.start("text")) + 1
        for number, line in _joined(block["text"]):
            for words in _ladings(line):
                yield first + number, words


def parsed(words: Sequence[str]) -> dict[str, Any]:
    """A command line's values. Raises typer's usage errors for what the command line would refuse."""
    held = importlib.import_module(f"lading.commands.{cli.commands()[words[0]]}")
    app = typer.Typer(add_completion=False)
    app.callback()(lambda: None)
    cli._add(app, words[0], held)
    command: Any = typer.main.get_command(app)
    context = command.make_context("lading", list(words))
    while hasattr(command, "resolve_command"):
        rest = [*getattr(context, "_protected_args", []), *context.args]
        name, command, rest = command.resolve_command(context, rest)
        context = command.make_context(name, rest, parent=context)
    return dict(context.params)


def run_other(step: Step, folder: Path) -> int:
    """git, cp and the like, without a shell."""
    words, target = list(step.words), None
    if ">" in words:
        target = folder / words[-1]
        words = words[: words.index(">")]
    identity = {
        f"GIT_{who}_{what}": "guide@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, env={**os.environ, **identity})
    if target is not None:
        target.write_bytes(done.stdout)
    return done.returncode


def missing(stated: str, real: str) -> str | None:
    """The first stated line that the output does not have, in order. `…` stands for anything, also for lines."""
    lines = iter(real.splitlines())
    for wanted in stated.splitlines():
        parts = [re.escape(" ".join(part.split())) for part in wanted.split("…")]
        if not any(parts):
            continue
        pattern = re.compile(".*".join(parts))
        if not any(pattern.fullmatch(" ".join(line.split())) for line in lines):
            return wanted
    return None


def _steps(text: str, first: int) -> Iterator[Step]:
    current: tuple[int, str] | None = None
    output: list[str] = []
    for number, line in enumerate(text.splitlines()):
        if line.startswith("$ "):
            if current is not None:
                yield _step(first, current, output)
            current, output = (number, line[2:]), []
        else:
            output.append(line)
    if current is not None:
        yield _step(first, current, output)


def _step(first: int, current: tuple[int, str], output: list[str]) -> Step:
    number, line = current
    stated = _EXIT.search(line)
    words = shlex.split(_EXIT.sub("", line))
    return Step(first + number, tuple(words), int(stated[1]) if stated else 0, "\n".join(output))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a block, those that end with a backslash joined with the next."""
    held, began = "", 0
    for number, line in enumerate(text.splitlines()):
        began = began if held else number
        held += line.removesuffix("\\")
        if not line.endswith("\\"):
            yield began, held
            held = ""


def _ladings(line: str) -> Iterator[list[str]]:
    """The words after each `lading` that stands where a command stands."""
    if not re.search(r"(?:^|[\s(])lading ", line):
        return
    line = re.sub(r"^\s*(?:\$ |- )?(?:run: |script: )?", "", line)
    for part in re.split(r"\s*(?:&&|\|\||[|;(])\s*", line):
        try:
            words = shlex.split(part.rstrip(")"), comments=True)
        except ValueError:
            continue  # prose or output with an apostrophe, no command
        while words and _VARIABLE.match(words[0]):
            words = words[1:]
        if words[:1] == ["lading"] and len(words) > 1 and re.fullmatch(r"[a-z][a-z-]*", words[1]):
            bare = words[
                1 : next((i for i, word in enumerate(words) if word in (">", ">>", "2>", "&")), None)
            ]
            yield bare
