"""`lading lint --watch`: judges again when something was saved that the last answer came from.

Files are looked at a few times a second. That needs no package, works on network drives and in containers, where
notifications of the file system do not arrive, and does not care how an editor saves; for the few files that a
contract is made of it costs nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.errors import ContractError
from lading.files import Stamp, recording, stamp
from lading.outcome import YES, CouldNotTell
from linters.lint import Finding
from linters.reports import LintReport, render
from linters.reports.excerpts import inert, printable
from linters.reports.fingerprints import fingerprinted
from linters.reports.wording import SEVERITY_NAMES, counted

from .running import Run
from .selection import expand

INTERVAL = 0.25
"""Seconds between two looks at the files."""
SETTLED = 8
"""So many looks at most are waited for until files that are being written are no longer changing."""
SHOWN = 10
"""So many new findings, and so many gone, are told one by one."""
_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run said, and what it read. `report` is None where it could not begin, and `said` tells why."""

    said: str
    report: LintReport | None
    names: tuple[str, ...]
    stamps: Mapping[Path, Stamp]

    def is_stale(self, run: Run) -> bool:
        """Whether a file that it read has changed, or a pattern means other files now."""
        return _differ(self.stamps) or self.names != tuple(expand(run.files, []))


def watch(run: Run, sleep: Callable[[float], None] = time.sleep) -> int:
    """Answers again and again until Ctrl-C, which is how it is meant to end."""
    before: LintReport | None = None
    try:
        while True:
            answer = answer_of(run)
            _show(answer, before)
            before = answer.report or before
            while not answer.is_stale(run):
                sleep(INTERVAL)
            _settle(answer.stamps, sleep)
    except KeyboardInterrupt:
        print()
        return YES


def answer_of(run: Run) -> Answer:
    """One run. A ruleset that is being written may be broken for a moment: that is an answer too."""
    names = tuple(expand(run.files, []))
    with recording() as stamps:
        # It is not read while it is not there, and people watch a ruleset to write it.
        stamps[Path(run.ruleset).absolute()] = stamp(Path(run.ruleset).absolute())
        try:
            report = run.outcome().report
        except (ContractError, CouldNotTell) as error:
            advice = f" {error.advice}" if isinstance(error, CouldNotTell) and error.advice else ""
            return Answer(f"not judged  {printable(str(error))}{advice}\n", None, names, stamps)
    return Answer(render("text", report), report, names, stamps)


def differences(before: LintReport, now: LintReport) -> Iterator[str]:
    """Lines that say which findings are new and which are gone, wherever lines have moved."""
    old = {mark: finding for finding, mark in fingerprinted(before.findings)}
    new = {mark: finding for finding, mark in fingerprinted(now.findings)}
    appeared = [finding for mark, finding in new.items() if mark not in old]
    gone = [finding for mark, finding in old.items() if mark not in new]
    if not appeared and not gone:
        yield "No finding is new, and none is gone."
        return
    for title, findings in (("new", appeared), ("gone", gone)):
        if findings:
            yield f"{len(findings):,} {title}"
            yield from map(_line, findings[:SHOWN])
            if len(findings) > SHOWN:
                yield f"  … and {len(findings) - SHOWN:,} more"


def _line(finding: Finding) -> str:
    start = finding.range.start
    place = f"{printable(finding.source)}:{start.line + 1}:{start.character + 1}"
    words = f"{SEVERITY_NAMES[finding.severity]} {printable(finding.code)}: {printable(finding.message)}"
    return inert(f"  {place}  {words}")


def _show(answer: Answer, before: LintReport | None) -> None:
    lines = [answer.said]
    if before is not None and answer.report is not None:
        lines += [*differences(before, answer.report), ""]
    number = sum(one is not None for one in answer.stamps.values())
    lines.append(f"Watching {counted(number, 'file')}. Ctrl-C ends it.")
    clear = _CLEAR if sys.stdout.isatty() else ""
    print(clear + "\n".join(lines), flush=True)


def _settle(stamps: Mapping[Path, Stamp], sleep: Callable[[float], None]) -> None:
    """Waits until nothing changes between two looks: editors and generators write in several steps."""
    last = {path: stamp(path) for path in stamps}
    for _ in range(SETTLED):
        sleep(INTERVAL)
        if not _differ(last):
            return
        last = {path: stamp(path) for path in last}


def _differ(stamps: Mapping[Path, Stamp]) -> bool:
    return any(stamp(path) != known for path, known in stamps.items())
