"""The report: findings with what is needed to show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from contracts.errors import ContractError
from contracts.positions import Lines
from linters.lint import Finding, Severity

from .attachments import Fix, Related, Suppressed
from .help import RuleHelp
from .score import Score


@dataclass(frozen=True, slots=True)
class LintReport:
    """What one run found.

    `files` are the sources that were judged, in order; `unread` says which could not be, and why. `texts`
    holds their lines for excerpts, by source. `fail_severity` None lets nothing fail. `per_rule` bounds how
    many findings of one rule and file are written out for people; None shows them all.

    `suppressed` are findings that do not count; none of them is in `findings`. `fixes` and `related` belong to
    some of the findings. `notes` are closing lines for people, such as a score. `excerpts` shows the lines in
    question to people; None does where there are few findings.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    ruleset: str = ""
    unread: tuple[ContractError, ...] = ()
    fail_severity: Severity | None = Severity.ERROR
    help: Mapping[str, RuleHelp] = field(default_factory=dict)
    texts: Mapping[str, Lines] = field(default_factory=dict)
    version: str = ""
    colour: bool = False
    width: int = 100
    per_rule: int | None = None
    suppressed: tuple[Suppressed, ...] = ()
    fixes: Mapping[Finding, Fix] = field(default_factory=dict)
    related: Mapping[Finding, Related] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    excerpts: bool | None = None
    score: Score | None = None
    worse: frozenset[Finding] = frozenset()
    """Findings that fail whatever their severity, because a ratchet lets no more of their rule pass."""

    @property
    def counts(self) -> Counter[Severity]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """The findings that fail the run: severe enough, or more than a ratchet allows."""
        if self.fail_severity is None:
            return ()
        return tuple(
            finding
            for finding in self.findings
            if finding.severity <= self.fail_severity or finding in self.worse
        )

    def by_file(self) -> Iterator[tuple[str, list[Finding]]]:
        """Findings by the file they are in; files without any are left out."""
        ordered = sorted(self.findings, key=lambda finding: self._rank(finding.source))
        for source, findings in groupby(ordered, key=lambda finding: finding.source):
            yield source, list(findings)

    def line(self, source: str, number: int) -> str:
        """The text of a zero-based line; empty where the file is not at hand."""
        lines = self.texts.get(source)
        return lines.text(number) if lines is not None else ""

    def _rank(self, source: str) -> tuple[int, str]:
        return (self.files.index(source), "") if source in self.files else (len(self.files), source)
