"""A run of `lading lint`: what it was asked for, and the report that comes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contracts.errors import ContractError
from contracts.references import DocumentSet
from lading import __version__
from lading.outcome import CouldNotTell
from linters.lint import Finding, Ruleset, Severity
from linters.reports import LintReport, RuleHelp, help_of
from linters.suppression import Ignores, Waiver, read_ignores
from policies.rulesets import engine_rules

from .judging import Judged, Reading, judge
from .ratcheting import Held, hold
from .rules import find_ruleset
from .selection import expand, with_progress
from .suppressing import suppress, suppression_note, waivers_in
from .trust import Trust

if TYPE_CHECKING:
    from linters.fixes import Level

    from .mending import Mending
    from .scoring import Scoring
    from .since import Since

_ENGINE = {
    rule.code: RuleHelp(
        rule.code, rule.description, rule.severity, rule.why, rule.good, rule.bad, rule.source, rule.area
    )
    for rule in engine_rules().values()
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`told` is what the ratchet has to say, which is in the report's notes too. `is_worse` fails a run."""

    report: LintReport
    told: tuple[str, ...] = ()
    is_worse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a person asked for: which files, by what, and how much of it is shown.

    `files` may be patterns. `per_rule` None writes out every finding, `fail_severity` None lets nothing fail.
    """

    files: tuple[str, ...]
    ruleset: str
    trust: Trust = field(default_factory=Trust)
    reading: Reading = field(default_factory=Reading)
    waivers: tuple[Path, ...] = ()
    ignores: Ignores = "allowed"
    fail_severity: Severity | None = Severity.ERROR
    show_suppressed: bool = False
    ratchet: Path | None = None
    update_ratchet: bool = False
    changed_since: str | None = None
    with_score: bool = False
    per_rule: int | None = None
    excerpts: bool | None = None
    colour: bool = False
    width: int = 100

    def outcome(self) -> Outcome:
        """Judges every file that can be judged. Raises `ContractError` or `CouldNotTell` where there is no rule."""
        rules, granted = self._rules()
        since = self._since(rules)
        scoring = self._scoring(rules)
        unread: list[ContractError] = []
        names = list(expand(self.files, unread))
        watching = [one for one in (since, scoring) if one is not None]
        judged = _judged(names, rules, self.reading, watching, unread)
        findings = tuple(dict.fromkeys(finding for file in judged for finding in file.findings))
        entries = (*granted, *dict.fromkeys(entry for file in judged for entry in file.ignores))
        texts = {source: lines for file in judged for source, lines in file.texts.items()}
        applied = suppress(findings, entries, rules, texts, today=_today(), ignores=self.ignores)
        held = self._held(applied.findings, texts, complete=not unread)
        kept = tuple(one for one in held.findings if since is None or since.is_touched(one))
        suppressed = (*applied.suppressed, *held.suppressed)
        points = None if scoring is None else scoring.score(findings)
        notes = [*map(suppression_note, suppressed if self.show_suppressed else ()), *held.notes]
        notes += [] if since is None else since.told(len(held.findings) - len(kept))
        notes += [] if points is None else [points.told]
        report = LintReport(
            findings=kept,
            suppressed=suppressed,
            fixes={finding: one for file in judged for finding, one in file.fixes.items()},
            related={finding: place for file in reversed(judged) for finding, place in file.related.items()},
            notes=tuple(notes),
            score=points,
            worse=frozenset(finding for _, one in held.exceeded for finding in one.new),
            files=tuple(file.source for file in judged),
            ruleset=self.ruleset,
            unread=tuple(unread),
            fail_severity=self.fail_severity,
            help={**_ENGINE, **help_of(rules)},
            texts=texts,
            version=__version__,
            colour=self.colour,
            width=self.width,
            per_rule=self.per_rule,
            excerpts=self.excerpts,
        )
        return Outcome(report, held.notes, bool(held.exceeded))

    def _since(self, rules: Ruleset) -> Since | None:
        if self.changed_since is None:
            return None
        from .since import Since  # what looks into git brings the whole model of contracts along

        return Since(self.changed_since, rules)

    def _scoring(self, rules: Ruleset) -> Scoring | None:
        if not self.with_score:
            return None
        from .scoring import Scoring  # few runs are scored

        return Scoring(rules)

    def _held(self, findings: tuple[Finding, ...], files: Collection[str], *, complete: bool) -> Held:
        """What counts where a ratchet holds; a run that did not judge everything lowers none."""
        if self.ratchet is None or (self.update_ratchet and not complete):
            return Held(findings)
        return hold(self.ratchet, findings, files, self.ruleset, update=self.update_ratchet)

    def mending(self, levels: Sequence[Level]) -> Mending:
        """What fixes of these levels would write. Raises `ContractError` or `CouldNotTell`."""
        from .mending import mend_files  # few runs mend, and what mends is half as much again to import

        rules, granted = self._rules()
        counting = partial(_counting, granted, rules, self.ignores)
        return mend_files(list(expand(self.files, [])), rules, levels, counting)

    def _rules(self) -> tuple[Ruleset, tuple[Waiver, ...]]:
        return find_ruleset(self.ruleset, self.trust), waivers_in(self.waivers)


def _judged(
    names: list[str],
    rules: Ruleset,
    reading: Reading,
    watching: Sequence[Since | Scoring],
    unread: list[ContractError],
) -> list[Judged]:
    """Those that can be judged; why the others cannot goes to `unread`."""

    def show(documents: DocumentSet, found: tuple[Finding, ...]) -> None:
        for one in watching:
            one.see(documents, found)

    judged: list[Judged] = []
    for name in with_progress(names):
        try:
            judged.append(judge(name, rules, show=show, reading=reading))
        except ContractError as error:
            unread.append(error if error.source else replace(error, source=name))
        except CouldNotTell as error:
            message = error.message.removeprefix(name).lstrip(": ")
            unread.append(ContractError("unreadable", message, name, advice=error.advice))
    return judged


def _counting(
    granted: Sequence[Waiver],
    rules: Ruleset,
    ignores: Ignores,
    documents: DocumentSet,
    found: Sequence[Finding],
) -> tuple[Finding, ...]:
    """The findings that nobody has answered for, and that are therefore mended."""
    entries = (*granted, *read_ignores(documents)[0])
    applied = suppress(found, entries, rules, documents.documents, today=_today(), ignores=ignores)
    return applied.findings


def _today() -> date:
    return datetime.now(UTC).date()
