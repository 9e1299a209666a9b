"""The pages in `docs/rules`, written from the rules themselves.

`python -m lading.explaining.pages docs/rules` writes them anew.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from policies import rulesets
from policies.rulesets import Rule, catalogue, documented, engine_rules

from .markdown import several, table

INDEX = "README.md"


def pages() -> Mapping[str, str]:
    """Every page by its file name: one an area or a named ruleset with rules of its own, and an index."""
    by_area = {
        area: list(group) for area, group in groupby(documented().values(), key=lambda rule: rule.area)
    }
    written = {_file(area): _page(area, rules) for area, rules in by_area.items()}
    return {INDEX: _index(by_area), **written}


def write(folder: Path) -> None:
    """Writes the pages, and takes away those of areas that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = pages()
    for old in folder.glob("*.md"):
        if old.name not in whole:
            old.unlink()
    for name, text in whole.items():
        (folder / name).write_text(text, "utf-8")


def _file(area: str) -> str:
    return f"{area.replace(':', '-')}.md"


def _page(area: str, rules: list[Rule]) -> str:
    packs = {rule.area for rule in catalogue().values()}
    ruleset = f"lading:{area}" if area in packs else area
    judged = (
        "This is found whatever the ruleset"
        if set(rules) <= set(engine_rules().values())
        else f"`lading lint FILE --ruleset {ruleset}` judges by {'this' if len(rules) == 1 else 'these'} alone"
    )
    return (
        f"# {area}\n\nWritten from the rules; `make rules` writes it anew. {judged}; "
        f"`lading explain RULE` says the same in a terminal.\n\n{several(rules)}\n"
    )


def _index(by_area: Mapping[str, list[Rule]]) -> str:
    number = sum(map(len, by_area.values()))
    parts = [
        "# Rules",
        f"Written from the rules; `make rules` writes it anew. {number} rules in {len(by_area)} areas and rulesets; "
        f"`{rulesets.DEFAULT}` is what a contract is judged by where nothing else is said.",
        *(
            f"## [{area}]({_file(area)})\n\n{table(rules, page=_file(area))}"
            for area, rules in by_area.items()
        ),
        "## Rulesets by name\n\n" + ", ".join(f"`{name}`" for name in rulesets.names()) + ".",
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]))
