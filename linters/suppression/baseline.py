"""The file of a ratchet: per contract and rule, how many findings there may be. It only ever shrinks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from linters.lint import Finding

from .ratchet import NONE, Allowed, allowing

MOST_MARKS = 200
"""Of one rule and file. Beyond that only the number is kept, so that the file stays small."""
VERSION = 1
_MARK = re.compile(r"[0-9a-f]{12}")

Files = Mapping[str, Mapping[str, Allowed]]


class BrokenBaseline(ContractError):
    """A file of a ratchet that is not understood: then nobody knows what is allowed."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """`files` are the contracts that are held, each with what is allowed in it, by rule."""

    ruleset: str
    files: Files

    def written(self) -> str:
        """As JSON, sorted, a line for each rule, so that a change of it is read as easily as made."""
        files = {
            name: {rule: _written(limit) for rule, limit in sorted(rules.items()) if limit.count}
            for name, rules in sorted(self.files.items())
        }
        lines = []
        for name, rules in files.items():
            held = [f"   {json.dumps(rule)}: {json.dumps(limit)}" for rule, limit in rules.items()]
            inner = "{\n" + ",\n".join(held) + "\n  }" if held else "{}"
            lines.append(f"  {json.dumps(name, ensure_ascii=False)}: {inner}")
        inside = "{\n" + ",\n".join(lines) + "\n }" if lines else "{}"
        return (
            f'{{\n "version": {VERSION},\n "ruleset": {json.dumps(self.ruleset)},\n "files": {inside}\n}}\n'
        )

    def lowered(self, findings: Iterable[Finding], judged: Iterable[str]) -> Baseline:
        """What is allowed after these findings in the files judged: nowhere more than before."""
        now = by_file(findings)
        files = {name: dict(rules) for name, rules in self.files.items()}
        for name in judged:
            if name in files:
                found = allowing(now.get(name, ()))
                files[name] = {
                    rule: limit if found.get(rule, NONE).count > limit.count else found.get(rule, NONE)
                    for rule, limit in files[name].items()
                }
        return Baseline(self.ruleset, files)


def taken(findings: Iterable[Finding], judged: Iterable[str], ruleset: str) -> Baseline:
    """The first baseline: what is there is allowed."""
    now = by_file(findings)
    return Baseline(ruleset, {name: allowing(now.get(name, ())) for name in judged})


def by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    ordered = sorted(findings, key=lambda finding: finding.source)
    return {name: list(group) for name, group in groupby(ordered, key=lambda finding: finding.source)}


def read_baseline(content: bytes, source: str, *, limits: Limits = DEFAULT) -> Baseline:
    """Raises `BrokenBaseline` or another `ContractError`."""
    value = parse(content, source, limits=limits).value
    if not isinstance(value, dict) or value.get("version") != VERSION:
        raise _broken(source, f"It is no baseline of version {VERSION}.")
    ruleset, files = value.get("ruleset"), value.get("files")
    if not isinstance(ruleset, str) or not isinstance(files, dict):
        raise _broken(source, "It has no 'ruleset' or no 'files'.")
    return Baseline(ruleset, {name: _rules(rules, name, source) for name, rules in files.items()})


def _rules(rules: Any, name: str, source: str) -> dict[str, Allowed]:
    if not isinstance(rules, dict):
        raise _broken(source, f"Of {name} it does not say what is allowed, by rule.")
    return {rule: _allowed(value, f"{rule} in {name}", source) for rule, value in rules.items()}


def _allowed(value: Any, what: str, source: str) -> Allowed:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return Allowed(value)
    if isinstance(value, list) and all(isinstance(one, str) and _MARK.fullmatch(one) for one in value):
        return Allowed(len(set(value)), frozenset(value))
    raise _broken(source, f"What it allows of {what} is neither a number nor a list of marks.")


def _written(limit: Allowed) -> int | list[str]:
    kept = len(limit.marks) == limit.count <= MOST_MARKS
    return sorted(limit.marks) if kept else limit.count


def _broken(source: str, message: str) -> BrokenBaseline:
    advice = "Mend it, or write a new one: `lading lint FILE… --ratchet FILE --update-ratchet`."
    return BrokenBaseline("baseline-broken", message, source, advice=advice)
