"""`python -m lading.covering.deltas FOLDER OUT.md`: the same changes of a schema in every place that data travels.

FOLDER holds `cases.jsonl` (changes: a schema before and after), `templates.jsonl` (documents with a gap for a schema)
and the files that both name. Only the names of the changes and our verdicts are written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.document import parse

from .meter import judged
from .pages import short

GAP = "__SCHEMA__"


@dataclass(frozen=True, slots=True)
class Delta:
    """One change of a schema, and its outcome by place."""

    name: str
    outcomes: Mapping[str, str]


def deltas(folder: Path) -> Iterator[Delta]:
    """Every change in every place, in the order of the files."""
    templates = {
        one["id"]: (folder / one["template"]).read_text("utf-8") for one in _lines(folder / "templates.jsonl")
    }
    for case in _lines(folder / "cases.jsonl"):
        sides = [(folder / case[key]).read_text("utf-8") for key in ("before", "after")]
        outcomes = {
            place: judged(*(parse(filled(text, side).encode(), "contract.yaml").value for side in sides))[0]
            for place, text in templates.items()
        }
        yield Delta(case["id"], outcomes)


def filled(template: str, fragment: str) -> str:
    """A template with a schema in its gap, indented as the gap is."""
    line = next(line for line in template.splitlines() if line.strip() == GAP)
    indent = line[: len(line) - len(line.lstrip())]
    written = "\n".join(indent + one if one.strip() else one for one in fragment.splitlines())
    return template.replace(line, written)


def report(found: list[Delta]) -> str:
    """The table as Markdown."""
    places = list(found[0].outcomes)
    rows = [f"| {one.name} | {' | '.join(short(one.outcomes[place]) for place in places)} |" for one in found]
    return (
        "\n".join(
            [
                "# The same changes in every place",
                "",
                "Written by `make coverage` from the changes of `qubership-schema-deltas`, held true by a test. **C** breaks",
                "consumers, **P** breaks providers, **told** is safe and named, **?** is unknown, **–** is no change. What a",
                "request refuses newly breaks consumers, what a response refuses newly breaks providers; what is sent reads like",
                "a response and what is received like a request. A test holds the mirror images against each other.",
                "",
                f"| change | {' | '.join(places)} |",
                f"|---|{'---|' * len(places)}",
                *rows,
            ]
        )
        + "\n"
    )


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(report(list(deltas(Path(sys.argv[1])))), "utf-8")
