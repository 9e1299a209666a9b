"""Files that are mended: which fixes are made, what is written, and what is only shown."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from contracts.errors import ContractError
from contracts.positions import Range
from contracts.references import DocumentSet
from lading.files import STDIN, read_set
from lading.outcome import CouldNotTell
from linters import reports
from linters.fixes import Concerns, Fix, Level, Refusal, fixes_of, mend, with_contents
from linters.lint import Finding, Ruleset

from .replacing import Replacement, replace_all

SHOWN = 10
"""How many fixes that were refused are told one by one."""

REPORT_BYTES = 2_000_000
"""How much is read to try fixes that are only told; larger contracts are judged without."""


@dataclass(slots=True)
class Mending:
    """What would be written, by the file's path, and what was done for it."""

    files: dict[Path, Replacement] = field(default_factory=dict)
    made: list[Fix] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    untried: list[tuple[str, int, str]] = field(default_factory=list)
    """Where mending stopped early: the file, how many fixes were left, and after what."""

    def write(self) -> None:
        """Raises `CouldNotTell`, and writes nothing, where a file has changed meanwhile."""
        replace_all(self.files)

    def diff(self) -> str:
        """What would change, as a unified diff."""
        return "".join(
            line
            for path, change in self.files.items()
            for line in _diff(path, change.before.decode(), change.after.decode())
        )

    def told(self, *, dry: bool) -> Iterator[str]:
        """For people: what was made, and what was not and why."""
        by_file: dict[str, Counter[str]] = {}
        for fix in self.made:
            by_file.setdefault(fix.finding.source, Counter())[fix.title] += 1
        verb = "would mend" if dry else "mended"
        for source, titles in by_file.items():
            shown = ", ".join(
                f"{title} ({number})" if number > 1 else title for title, number in titles.items()
            )
            yield f"{verb} {titles.total()} in {source}: {shown}"
        for refusal in self.refused[:SHOWN]:
            finding = refusal.fix.finding
            where = f"{finding.source}:{finding.range.start.line + 1}"
            yield f"left {finding.code} at {where}: {refusal.reason}"
        if len(self.refused) > SHOWN:
            yield f"left {len(self.refused) - SHOWN} more"
        for source, number, stopped in self.untried:
            fixes = "1 more fix was" if number == 1 else f"{number} more fixes were"
            yield f"stopped in {source} after {stopped}: {fixes} not tried"


def mend_files(
    names: Sequence[str], ruleset: Ruleset, levels: Collection[Level], concerns: Concerns
) -> Mending:
    """Mends the named files and no others; those that cannot be judged are left for the report to name.

    Nothing is written yet. Raises `CouldNotTell` for standard input, which is no file.
    """
    if STDIN in names:
        raise CouldNotTell("standard input cannot be mended in place.", "Name the file.")
    sets = dict(_readable(names))
    paths = {documents.root.source: Path(name) for name, documents in sets.items()}
    mending, contents = Mending(), dict[str, bytes]()
    for documents in sets.values():
        known = {source: contents[source] for source in documents.documents if source in contents}
        current = with_contents(documents, known) if known else documents
        mended = mend(
            current,
            ruleset,
            levels,
            writable=paths.__contains__,
            concerns=concerns,
            others=[other for other in sets.values() if other is not documents],
        )
        contents.update(mended.contents)
        mending.made += mended.made
        mending.refused += mended.refused
        if mended.untried:
            mending.untried.append((documents.root.source, mended.untried, mended.stopped))
    originals = {documents.root.source: documents.root.content for documents in sets.values()}
    mending.files = {
        paths[source]: Replacement(originals[source], content)
        for source, content in contents.items()
        if content != originals[source]
    }
    return mending


def _readable(names: Sequence[str]) -> Iterator[tuple[str, DocumentSet]]:
    for name in names:
        try:
            yield name, read_set(Path(name), tolerant=True)
        except (ContractError, CouldNotTell):
            continue  # the report says so, as it judges all files after this


def fixes_for_report(
    documents: DocumentSet, ruleset: Ruleset, findings: Sequence[Finding]
) -> Mapping[Finding, reports.Fix]:
    """The first fix of each finding that needs no person to write something, as reports show it."""
    found = {}
    for finding, fixes in fixes_of(documents, ruleset, findings, budget=REPORT_BYTES).items():
        fix = next((fix for fix in fixes if fix.level is not Level.DRAFT), None)
        if fix is not None:
            found[finding] = shown(documents, fix)
    return found


def shown(documents: DocumentSet, fix: Fix) -> reports.Fix:
    """A fix with lines and characters instead of offsets."""
    edits = []
    for source, listed in fix.edits.items():
        position = documents.documents[source].lines.position
        edits += [
            reports.Edit(source, Range(position(edit.start), position(edit.end)), edit.text)
            for edit in listed
        ]
    return reports.Fix(fix.title, tuple(edits))


def _diff(path: Path, before: str, after: str) -> Iterator[str]:
    name = path.as_posix()
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    for line in lines:
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines with their ends; unlike `splitlines`, a form feed is no line break."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [last for last in text.split("\n")[-1:] if last]
