"""Reading the table of checks. Every row is checked on loading; two rows for one transition are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from contracts.document import parse
from linters.diff.variance import Effect


@dataclass(frozen=True, slots=True)
class Check:
    """One row. `ids` are templates by place or side, `""` for all others; `says` is a template of a sentence."""

    element: str
    action: str
    effect: Effect
    ids: Mapping[str, str]
    says: str
    keywords: tuple[str, ...] = ()
    by_rule: bool = False
    """Whether no proof about values can decide it, as it is no matter of values."""

    def id(self, side: str, place: str, name: str = "", special: tuple[str, ...] = ()) -> str:
        """The stable id for data on a side (`request`, `response`, `send`, `receive`) at a place.

        `special` are closer names of the place, which a few checks tell apart (`request-header-property`).
        """
        found = (self.ids[key] for key in (*special, place, side) if key in self.ids)
        template = next(found, None) or self.ids[""]
        return template.replace("{side}", side).replace("{place}", place).replace("{name}", name)


@cache
def catalogue() -> Mapping[tuple[str, str], Check]:
    """Every check by element and action."""
    found: dict[tuple[str, str], Check] = {}
    for entry in sorted(files(__package__).iterdir(), key=lambda one: one.name):
        if entry.name.endswith(".yaml"):
            for row in parse(entry.read_bytes(), entry.name).value:
                check = _check(row)
                key = (check.element, check.action)
                if key in found:
                    raise ValueError(f"{entry.name}: two checks for {key}")
                found[key] = check
    return found


def find(element: str, action: str) -> Check:
    """The check of one transition. Raises `KeyError` where there is no row for it."""
    return catalogue()[element, action]


def _check(row: dict[str, Any]) -> Check:
    ids = dict(row["ids"]) if "ids" in row else {"": row["id"]}
    if "other" in ids:
        ids[""] = ids.pop("other")
    return Check(
        row["element"], row["action"], Effect(row["effect"]), ids, row["says"],
        tuple(row.get("keywords", ())), bool(row.get("by_rule")),
    )  # fmt: skip
