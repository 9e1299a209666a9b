"""The table of what compatibility policies say to the changes of which detectors say different things.

`python -m tests.policies.compat` writes it into the guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from contracts.model import HttpApi
from linters.diff import compare
from policies import profiles
from tests.linters.diff.building import http

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "compatibility.md"
RECORD = ROOT / "docs" / "decisions" / "0007-default-compatibility-policy.md"
BEGIN, END = "<!-- table: written by python -m tests.policies.compat -->", "<!-- end of table -->"
SHOWN = ("backward", "forward", "full", "source", "wire", "lenient", "set-inclusion")
ROWS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("compat_rows.yaml").read_text("utf-8"))
WORDS = {"unchanged": "no change"}


def pair(row: dict[str, Any]) -> tuple[HttpApi, HttpApi]:
    return _side(row, 0), _side(row, 1)


def verdict(row: dict[str, Any], policy: str) -> str:
    """What a policy says of a row, as the table writes it."""
    found = compare(*pair(row), policy=profiles.policy(policy)).verdict
    return WORDS.get(found, found)


def table() -> Iterator[str]:
    yield f"| change | {' | '.join(f'`{name}`' for name in SHOWN)} |"
    yield "|---" * (len(SHOWN) + 1) + "|"
    for row in ROWS:
        said = (verdict(row, name) for name in SHOWN)
        cells = (f"**{one}**" if one == "breaking" else one for one in said)
        yield f"| {row['change']} | {' | '.join(cells)} |"


def _side(row: dict[str, Any], side: int) -> HttpApi:
    for part in ("request", "response"):
        if part in row:
            return http(**{part: row[part][side]})
    if "parameter" in row:
        given = row["parameter"][side]
        parameters = [] if given is None else [{"name": "n", "in": "query", **given}]
        return http(method="get", operation={"parameters": parameters})
    if "operation" in row:
        return http(operation=row["operation"][side])
    return http(**row["document"][side])


if __name__ == "__main__":
    before, _, rest = GUIDE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    GUIDE.write_text("\n".join((before + BEGIN, "", *table(), "", END)) + after, "utf-8")
