"""Command line runs of Spectral, replayed with `lading lint`.

Lading's command has other words for some options and its own reports, so the command line is translated and the
report asked for as JSON. What has to agree is the exit status and, where Spectral printed findings for people,
each one's file, line, column, severity, code and path.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from lading import cli
from linters.lint.printing import dotted

_ROW = re.compile(r"\s+(\d+):(\d+)\s+(error|warning|information|hint)\s+(\S+)\s+(.*)")
_PLACEHOLDER = re.compile(r"\{(__dirname|document|asset:[^}]+)\}")
_SEVERITIES = ("error", "warning", "information", "hint")
# Options of Spectral's that say what Lading does anyway, or how a report looks.
_WITHOUT_MEANING = ("--fail-on-unmatched-globs", "-D", "--display-only-failures")


def judge(case: Mapping[str, Any]) -> str | None:
    """None where status and findings agree."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        _write(case, folder)
        arguments, stdin = _translated(_filled(case["command"], case, folder), folder)
        run = _run(arguments, stdin, folder)
        observed = case["observed"]
        if run.status != observed["status"]:
            return (
                f"expected status {observed['status']}, ended with {run.status}: {run.stderr.strip()[:300]}"
            )
        theirs = Counter(_printed(_filled(observed["stdout"], case, folder), folder))
        if not theirs:
            return None
        ours = Counter(_found(run.stdout, failures_only="-D" in case["command"].split()))
        missing, extra = list((theirs - ours).elements()), list((ours - theirs).elements())
        return f"missing {missing[:3]}; too many {extra[:3]}" if missing or extra else None


def _write(case: Mapping[str, Any], folder: Path) -> None:
    files = dict(case["assets"])
    if case.get("document") is not None:
        files["document"] = case["document"]
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_filled(text, case, folder), encoding="utf-8")


def _filled(text: str, case: Mapping[str, Any], folder: Path) -> str:
    def place(match: re.Match[str]) -> str:
        what = match[1]
        if what == "__dirname":
            return str(folder)
        name, _, form = what.removeprefix("asset:").partition("|")
        path = folder / name
        return str(path.with_suffix("") if form == "no-ext" else path)

    return _PLACEHOLDER.sub(place, text)


def _translated(command: str, folder: Path) -> tuple[list[str], str]:
    """Lading's arguments, and what is piped into the command."""
    stdin = ""
    if "|" in command:
        source, command = (part.strip() for part in command.split("|", 1))
        stdin = Path(shlex.split(source)[-1]).read_text(encoding="utf-8")
    words = shlex.split(re.split(r" > | && |;", command)[0].removeprefix("{bin} "))
    words = [_relative(word, folder) for word in words if word not in _WITHOUT_MEANING]
    if words == ["lint"] or words[:1] != ["lint"]:
        return words, stdin
    formats = [word for word in words if word.startswith("--format")]
    if len(formats) <= 1 and "--format" not in words:
        words = [word for word in words if word not in formats and not word.startswith("--output")]
        words += ["--format", "json"]
    return ([*words, "-"] if stdin else words), stdin


def _relative(word: str, folder: Path) -> str:
    return word.replace(f"{folder}/", "")


@dataclass(frozen=True, slots=True)
class _Run:
    status: int
    stdout: str
    stderr: str


def _run(arguments: list[str], stdin: str, folder: Path) -> _Run:
    """Lading's command, in this process and in that folder."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), mock.patch("sys.stdin", given):
            try:
                cli.main(arguments)
            except SystemExit as end:
                status = end.code if isinstance(end.code, int) else 1
    finally:
        os.chdir(before)
    return _Run(status, out.getvalue(), err.getvalue())


def _printed(text: str, folder: Path) -> Iterator[tuple[str, int, int, str, str, str]]:
    """The findings in a report for people: a line with the file, then a row for each."""
    source = ""
    for line in text.splitlines():
        row = _ROW.fullmatch(line)
        if row is None:
            source = _relative(line.strip(), folder) if line.strip() else source
            continue
        place = row[5].rsplit("  ", 1)[-1].strip() if "  " in row[5].strip() else ""
        yield source, int(row[1]), int(row[2]), row[3], row[4], place


def _found(text: str, *, failures_only: bool) -> Iterator[tuple[str, int, int, str, str, str]]:
    for finding in json.loads(text):
        if failures_only and finding["severity"] > 0:
            continue
        start, severity = finding["range"]["start"], _SEVERITIES[finding["severity"]]
        place = dotted(finding["path"])
        yield finding["source"], start["line"] + 1, start["character"] + 1, severity, finding["code"], place
