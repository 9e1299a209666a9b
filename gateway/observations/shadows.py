"""Paths that are called and in no contract, told as templates whose number is bounded, whatever strangers call."""

from __future__ import annotations

from gateway.malformed import Malformed
from gateway.routes.paths import normalise
from gateway.traffic.learning.templates import SIBLINGS
from gateway.traffic.words import is_name

MOST = 100
"""Templates of one contract (or of none) that are told apart; the rest are counted together."""
_CONTRACTS = 2000
_DEEPEST = 12
OTHERS = ""
"""Stands for the paths beyond."""


class Shadows:
    """Templates of unknown paths, by contract.

    A segment is written as it came where it reads like a name, and while there are few different ones at its place;
    `{}` stands for any other, as it may be data, or the word list of a scanner. `beyond` counts what was too many.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._templates: dict[str, set[str]] = {}
        self._names: dict[tuple[str, str], set[str]] = {}
        self.beyond = 0

    def template(self, contract: str, path: bytes) -> str:
        """The template of a path as it came; `OTHERS` for one too many."""
        known = self._templates.get(contract)
        if known is None:
            if len(self._templates) >= _CONTRACTS:
                self.beyond += 1
                return OTHERS
            known = self._templates[contract] = set()
        template = self._folded(contract, path, full=len(known) >= self._most)
        if template not in known:
            if len(known) >= self._most:
                self.beyond += 1
                return OTHERS
            known.add(template)
        return template

    def _folded(self, contract: str, path: bytes, *, full: bool) -> str:
        try:
            segments = normalise(path).split("/")[1:]
        except Malformed:
            return OTHERS
        found = ""
        for segment in segments[:_DEEPEST]:
            found += f"/{segment if segment == '' or self._is_kept(contract, found, segment, full) else '{}'}"
        return found if len(segments) <= _DEEPEST else f"{found}/…"

    def _is_kept(self, contract: str, above: str, segment: str, full: bool) -> bool:
        if not is_name(segment):
            return False
        names = self._names.get((contract, above))
        if names is None:
            if full:
                return False
            names = self._names[contract, above] = set()
        if segment in names:
            return True
        if full or len(names) >= SIBLINGS:
            return False
        names.add(segment)
        return True
