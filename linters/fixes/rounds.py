"""Mending a contract in rounds: fix what can be fixed at once, look again, go on until nothing is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from contracts.document import parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.pointers import Path
from contracts.references import DocumentSet
from contracts.references.loading import load
from linters.lint import Finding, Ruleset, lint

from .edits import CannotFix
from .fix import Batch, Fix, carried_out
from .offers import Workshop
from .recipes import Level

ROUNDS = 50
"""Fixes that meet wait for the next round; what needs more rounds than this is left as it is."""

REFUSED = 10
"""After so many fixes that had to be taken back the rest is left as it is: finding each of them takes several runs."""

Concerns: TypeAlias = Callable[[DocumentSet, tuple[Finding, ...]], Iterable[Finding]]
"""Which of the findings in some documents are to be mended; the others are somebody's decision."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was tried and not made."""

    fix: Fix
    reason: str


@dataclass(slots=True)
class Mended:
    """`contents` are the new bytes of the documents that changed; `findings` are what is left in all of them.

    `untried` are fixes that might have been made still when a bound was reached; `stopped` says which.
    """

    documents: DocumentSet
    findings: tuple[Finding, ...]
    contents: dict[str, bytes] = field(default_factory=dict)
    made: list[Fix] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    untried: int = 0
    stopped: str = ""


def mend(
    documents: DocumentSet,
    ruleset: Ruleset,
    levels: Collection[Level],
    *,
    writable: Callable[[str], bool] = lambda _: True,
    concerns: Concerns = lambda _, findings: findings,
    others: Sequence[DocumentSet] = (),
) -> Mended:
    """Makes every fix of the given levels that changes nothing but `writable` documents.

    After each round the contract is linted again: no code may have more findings than before, and each fix must
    have mended one, or the fixes are taken back and tried in smaller groups. `concerns` leaves findings out; what `others` refer to is not renamed. Raises
    what `lint` raises, and `RulesetError` for a recipe that cannot be read.
    """
    mended = Mended(documents, lint(documents, ruleset))
    given_up: set[tuple[str, str, Path, str]] = set()
    for number in range(ROUNDS + 1):
        workshop = Workshop(mended.documents, ruleset, others)
        offered = _offered(mended, workshop, levels, writable, concerns, given_up)
        if not offered:
            break
        if number == ROUNDS or len(mended.refused) >= REFUSED:
            mended.untried = len(offered)
            mended.stopped = (
                f"{ROUNDS} rounds" if number == ROUNDS else f"{REFUSED} fixes that had to be taken back"
            )
            break
        batch = Batch()
        for fix in offered:
            batch.add(fix)  # or it waits for the next round
        _round(mended, ruleset, batch.fixes, given_up)
    return mended


def _offered(
    mended: Mended,
    workshop: Workshop,
    levels: Collection[Level],
    writable: Callable[[str], bool],
    concerns: Concerns,
    given_up: Collection[tuple[str, str, Path, str]],
) -> list[Fix]:
    """The first fix of each finding that may be made."""
    offered = []
    for finding in concerns(mended.documents, mended.findings):
        for fix in workshop.fixes(finding):
            if fix.level in levels and _name(fix) not in given_up and all(map(writable, fix.edits)):
                offered.append(fix)
                break
    return offered


def _round(
    mended: Mended, ruleset: Ruleset, batch: list[Fix], given_up: set[tuple[str, str, Path, str]]
) -> None:
    """Makes the batch, or the largest beginning of it, halved each time, that does no harm."""
    while True:
        try:
            contents = carried_out(mended.documents, batch)
            documents = with_contents(mended.documents, contents)
            findings = lint(documents, ruleset)
            _only_better(mended.findings, findings, len(batch))
        except (CannotFix, ContractError) as error:
            if len(batch) == 1:
                given_up.add(_name(batch[0]))
                mended.refused.append(Refusal(batch[0], str(error)))
                return
            batch = batch[: len(batch) // 2]
            continue
        mended.documents, mended.findings = documents, findings
        mended.contents.update(contents)
        mended.made += batch
        return


def _only_better(before: tuple[Finding, ...], after: tuple[Finding, ...], fixes: int) -> None:
    """Raises `CannotFix` where a code has more findings than before, or some fix has not mended anything."""
    old, new = (Counter(finding.code for finding in found) for found in (before, after))
    worse = sorted(code for code in new if new[code] > old[code])
    if worse:
        raise CannotFix(f"it would lead to findings of {', '.join(worse)}")
    if len(before) - len(after) < fixes:
        raise CannotFix("the finding would stay")


def _name(fix: Fix) -> tuple[str, str, Path, str]:
    return fix.finding.code, fix.finding.source, fix.finding.path, fix.title


def with_contents(documents: DocumentSet, contents: Mapping[str, bytes]) -> DocumentSet:
    """The same set with other contents."""
    held = {name: document.content for name, document in documents.documents.items()} | dict(contents)

    def retrieve(name: str) -> bytes:
        if name not in held:
            raise UnresolvableReference("reference-outside", f"{name} is not among the files.", name)
        return held[name]

    root = documents.root.source
    return load(parse(held[root], root, tolerant=True), retrieve)
