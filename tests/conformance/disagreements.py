"""Where rules and proof disagree about real and made-up changes: `python -m tests.conformance.disagreements`.

A rule says what a transition does by its name; the proof says what it does to the values. Both are shown in a
report: a change that a rule takes for breaking and the proof for safe is safe and "proved", and what only the
proof sees has an id of its own. This collects both kinds, so that a new disagreement is seen when it comes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from contracts.document import parse
from contracts.errors import ContractError
from contracts.model import build
from contracts.references import load
from linters.diff import Comparison, compare
from linters.diff.compare import Api
from linters.diff.schema_judge import OVERRULED

from . import breaking
from .runner import default_data

SNAPSHOT = Path(__file__).with_name("disagreements.txt")
ONLY_PROOF = ("-refuses-values", "-gives-values")


def collect(data: Path) -> Counter[str]:
    """`id: which of the two says breaking` → how often, over the sets without verdicts of their own."""
    found: Counter[str] = Counter()
    for comparison in _comparisons(data):
        for change in comparison.changes:
            if change.verdict == "safe" and change.reason == OVERRULED:
                found[f"{change.id}: the rule, and the proof shows that nobody breaks"] += 1
            elif change.verdict == "breaking" and change.id.endswith(ONLY_PROOF):
                found[f"{change.id}: the proof, and no rule explains it"] += 1
    return found


def _comparisons(data: Path) -> Iterator[Comparison]:
    folder = data / "qubership-schema-deltas"
    templates = list(breaking.cases(folder, "templates.jsonl"))
    for case in breaking.cases(folder):
        for template in templates:
            text = (folder / template["template"]).read_text("utf-8")
            before, after = (_filled(text, folder / case[key]) for key in ("before", "after"))
            yield compare(before, after)
    for case in breaking.cases(data / "oasdiff"):
        try:
            pair = [breaking.read(data / "oasdiff" / case[key]) for key in ("base", "revision")]
        except ContractError:
            continue
        yield compare(pair[0], pair[1])


def _filled(template: str, fragment: Path) -> Api:
    text = breaking.filled(template, fragment.read_text("utf-8"))
    return build(load(parse(text.encode(), "contract.yaml")))


def lines(found: Counter[str]) -> list[str]:
    return [f"{count:>5}  {name}" for name, count in sorted(found.items())]


def main(arguments: list[str] | None = None) -> int:
    """0: as reviewed; 1: other disagreements than were reviewed; 2: no data."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.disagreements", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the snapshot anew")
    options = parser.parse_args(arguments)
    data = default_data("breaking")
    if not data.is_dir():
        print(f"{data} is not there", file=sys.stderr)
        return 2
    found = lines(collect(data))
    if options.write:
        SNAPSHOT.write_text("\n".join(found) + "\n", "utf-8")
    print("\n".join(found))
    return 0 if found == SNAPSHOT.read_text("utf-8").splitlines() else 1


if __name__ == "__main__":
    sys.exit(main())
