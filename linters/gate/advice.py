"""Which version a change asks for, for whoever compares two contracts and publishes nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linters.diff import Comparison

from .request import Api, contents
from .versions import Bump, bump_of, misstep, suggest


@dataclass(frozen=True, slots=True)
class Advice:
    """`id` is the stable id of what is wrong with the step from `base` to `revision`, None where nothing is."""

    base: str
    revision: str
    needed: Bump
    suggested: str | None
    id: str | None

    def as_dict(self) -> dict[str, Any]:
        return {
            "base": self.base,
            "revision": self.revision,
            "change": self.needed.change,
            "needed": str(self.needed),
            "suggested": self.suggested,
            "id": self.id,
        }

    @property
    def sentence(self) -> str:
        """What a person reads below a comparison."""
        if self.needed is Bump.NONE:
            return "The documents are the same."
        asks = f"The change is {self.needed.change}"
        if self.id is None:
            return f"{asks}; info.version goes from {self.base or 'nothing'} to {self.revision or 'nothing'}."
        wrong = {
            "api-version-not-bumped": f"info.version is still {self.base}",
            "api-version-decreased": f"info.version went back from {self.base} to {self.revision}",
        }.get(self.id, f"{self.base} to {self.revision} does not say so")
        suggested = f" Suggested version: {self.suggested}." if self.suggested else ""
        return f"{asks}, and {wrong} ({self.id}).{suggested}"


def advise(base: Api, revision: Api, comparison: Comparison, today: date | None = None) -> Advice:
    """Two documents that are the same ask for no version."""
    same = contents(base) == contents(revision)
    needed = Bump.NONE if same else bump_of(comparison)
    before, after = str(base.version), str(revision.version)
    wrong = None if same else misstep(before, after, needed)
    return Advice(before, after, needed, suggest(before, needed, today=today), wrong)
