"""`docs/breaking-coverage.md` and `docs/breaking-checks.md`, written from what the comparison does.

`python -m lading.covering.pages docs` writes them anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from .checks import table as checks_page
from .explained import reason_of
from .grammar import LINES
from .keywords import PLACES, keyword_rows
from .meter import SILENT, Row, rows

COVERAGE, CHECKS = "breaking-coverage.md", "breaking-checks.md"
_SHORT = {
    "breaks consumers": "C",
    "breaks providers": "P",
    "breaks consumers and providers": "C P",
    "safe": "told",
    "unknown": "?",
    SILENT: "–",
    None: "",
}


def short(outcome: str | None) -> str:
    """An outcome in a table."""
    return _SHORT[outcome]


def pages() -> Mapping[str, str]:
    """Every page by its file name."""
    return {COVERAGE: "\n".join(_coverage()) + "\n", CHECKS: checks_page()}


def write(folder: Path) -> None:
    """Writes the pages into a folder."""
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


def _coverage() -> Iterator[str]:
    yield "# What becomes of each field when it changes"
    yield ""
    yield "Written by `make coverage`, held true by a test. A document that uses every field of its specification is"
    yield "changed one field at a time: the field is added, removed, gets another value, or gains or loses a member. Each"
    yield "change is compared under the default policy, once for consumers and once for providers."
    yield ""
    yield "**C** breaks consumers, **P** breaks providers, **told** is safe and named in the report, **?** is unknown and"
    yield "never passes as safe, **–** is no change of the contract, for the reason in the last column. Nothing is left over."
    yield ""
    yield from _totals()
    yield ""
    yield from _keywords()
    for line in LINES:
        yield ""
        yield from _line(line)


def _totals() -> Iterator[str]:
    yield "| specification | fields | changes | C or P | told | ? | – | unexplained |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for line in LINES:
        found = rows(line)
        outcomes = Counter(short(row.outcome).replace("C P", "C").replace("P", "C") for row in found)
        left = sum(row.outcome == SILENT and reason_of(f"{row.object}.{row.field}") is None for row in found)
        fields = len({(row.object, row.field) for row in found})
        yield (
            f"| {_named(line)} | {fields} | {len(found)} | {outcomes['C']} | {outcomes['told']} | {outcomes['?']} "
            f"| {outcomes['–']} | {left} |"
        )


def _keywords() -> Iterator[str]:
    yield "## Keywords of schemas, by where the data travels"
    yield ""
    yield "An empty cell: the schemas of that specification lack the keyword."
    yield ""
    yield f"| keyword | change | {' | '.join(PLACES)} | why nothing |"
    yield f"|---|---|{'---|' * len(PLACES)}---|"
    for row in keyword_rows():
        cells = " | ".join(short(one) for one in row.outcomes)
        reason = reason_of(f"Schema.{row.keyword}") if SILENT in row.outcomes else None
        note = f" ({row.note})" if row.note else ""
        yield f"| `{row.keyword}`{note} | {row.action} | {cells} | {reason.reason if reason else ''} |"


def _line(line: str) -> Iterator[str]:
    yield f"## {_named(line)}"
    yield ""
    yield "| object | field | where | change → outcome | checks, or why nothing |"
    yield "|---|---|---|---|---|"
    ordered = sorted(rows(line), key=lambda row: (row.object, row.field, row.place))
    for (of, field, place), group in groupby(ordered, key=lambda row: (row.object, row.field, row.place)):
        found = list(group)
        changes = ", ".join(f"{row.action}: {short(row.outcome)}" for row in found)
        yield f"| {of} | `{field}` | {place} | {changes} | {'; '.join(_why(found))} |"


def _why(found: list[Row]) -> Iterator[str]:
    ids = dict.fromkeys(one for row in found for one in row.ids)
    shown = list(ids)[:4]
    if shown:
        yield ", ".join(f"`{one}`" for one in shown) + (f" and {len(ids) - 4} more" if len(ids) > 4 else "")
    if any(row.outcome == SILENT for row in found):
        reason = reason_of(f"{found[0].object}.{found[0].field}")
        yield reason.reason if reason else "**unexplained**"


def _named(line: str) -> str:
    name, version = line.split()
    return f"{'OpenAPI' if name == 'openapi' else 'AsyncAPI'} {version}"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
