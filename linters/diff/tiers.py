"""How strict a comparison is: verdicts by class of check, for source code, for JSON, or for the wire alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from contracts.errors import ContractError

from .checks import Check
from .checks.catalogue import catalogue
from .verdicts import Verdict

_ROW = {"checks", "verdict", "why"}


@dataclass(frozen=True)
class Tier:
    """`rows` are a check as `element/action` and what the tier makes of it. The empty tier adds nothing."""

    name: str = "wire-json"
    rows: tuple[tuple[str, Verdict], ...] = ()
    names: bool = False
    """Whether names that only generated code knows (of schemas, of enum values) are compared at all."""

    @cached_property
    def _verdicts(self) -> Mapping[str, Verdict]:
        return dict(self.rows)

    def of(self, check: Check) -> Verdict | None:
        """None where the tier leaves it to variance, proof and switches."""
        return self._verdicts.get(f"{check.element}/{check.action}")

    @classmethod
    def read(cls, name: str, definition: Mapping[str, Any], source: str = "") -> Tier:
        """The tier that a mapping describes: `description`, `names`, and `verdicts`, a list of rows.

        Each row has `checks` (globs over `element/action`), a `verdict` and `why`. A later row wins. Raises
        `ContractError` for a row that speaks of no check.
        """
        found: dict[str, Verdict] = {}
        verdict: Verdict
        for number, row in enumerate(definition.get("verdicts", ())):
            if not isinstance(row, Mapping) or set(row) != _ROW or row["verdict"] not in ("breaking", "safe"):
                raise _wrong(
                    source, f"row {number + 1} has not just checks, verdict (breaking, safe) and why"
                )
            for pattern in row["checks"]:
                fitting = list(_fitting(pattern))
                if not fitting:
                    raise _wrong(source, f"no check is called {pattern!r}")
                verdict = row["verdict"]
                found.update((one, verdict) for one in fitting)
        return cls(name, tuple(found.items()), bool(definition.get("names", False)))


def _fitting(pattern: str) -> Iterator[str]:
    for element, action in catalogue():
        if fnmatchcase(f"{element}/{action}", pattern):
            yield f"{element}/{action}"


def _wrong(source: str, message: str) -> ContractError:
    return ContractError("compat-tier", f"In the tier: {message}.", source, advice="Mend the tier's file.")
