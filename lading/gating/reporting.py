"""A run of the gate, written out: one format to the terminal or a file, and as many files beside as are wanted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from lading.outcome import CouldNotTell
from lading.output import in_colour, line_width, write
from linters.gate.reports import github, junit, markdown, sarif, text
from linters.gate.run import Run


class Format(StrEnum):
    """How the answer is written out."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"


_SURROGATES = re.compile("[\ud800-\udfff]")
_RENDERERS = {
    Format.MARKDOWN: markdown.render,
    Format.SARIF: sarif.render,
    Format.JUNIT: junit.render,
    Format.GITHUB: github.render,
}


def reports(given: Iterable[str]) -> list[tuple[Format, Path]]:
    """`markdown=gate.md` → the format and the file. Raises `CouldNotTell` before anything is judged."""
    found = []
    for one in given:
        name, equals, file = one.partition("=")
        if not equals or not file or name not in list(Format):
            raise CouldNotTell(
                f"--report {one!r} is not understood.",
                f"Write FORMAT=FILE, like markdown=gate.md; formats are {', '.join(Format)}.",
            )
        found.append((Format(name), Path(file)))
    return found


def render(run: Run, format_: Format, *, single: bool, to_file: bool) -> str:
    """The run in a format. As JSON, the `single` contract that was asked for is the result itself.

    Names of files that are no text in UTF-8 are written with replacement characters.
    """
    return _SURROGATES.sub("\ufffd", _rendered(run, format_, single=single, to_file=to_file))


def _rendered(run: Run, format_: Format, *, single: bool, to_file: bool) -> str:
    if format_ is Format.TEXT:
        return text.render(run, colour=not to_file and in_colour(), width=line_width())
    if format_ is not Format.JSON:
        return _RENDERERS[format_](run)
    told: dict[str, Any] = run.as_dict()
    if single:
        (judged,) = run.judged
        told = {**judged.result.as_dict(), "notes": list(run.notes)}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def write_out(
    run: Run, format_: Format, output: Path | None, beside: Iterable[tuple[Format, Path]], *, single: bool
) -> None:
    """Raises `CouldNotTell` where a file cannot be written."""
    for other, file in beside:
        write(render(run, other, single=single, to_file=True), file)
    write(render(run, format_, single=single, to_file=output is not None), output)
