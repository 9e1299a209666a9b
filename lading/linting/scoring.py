"""The score of a run, from what was asked of each file."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.references import DocumentSet
from linters.lint import Finding, Ruleset, formats
from linters.reports.score import Score, operations_in, score
from policies.rulesets import catalogue

OTHER = "other"
"""The area of rules that name none, as those of other houses."""


class Scoring:
    """Gathers the size of what is judged, and which areas were asked about, file by file."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.area_of = {rule.name: str(rule.documentation.get("area") or OTHER) for rule in rules.running}
        self.operations = 0
        self.asked: set[str] = set()

    def see(self, documents: DocumentSet, _findings: tuple[Finding, ...]) -> None:
        self.operations += operations_in(documents.root.value)
        detected = formats.detect(documents.root.value, self.rules.formats)
        for rule in self.rules.running:
            if rule.formats is None or rule.formats & detected:
                self.asked.add(self.area_of[rule.name])

    def score(self, findings: Iterable[Finding]) -> Score:
        ours = {rule.area for rule in catalogue().values()}
        return score(findings, area_of=self.area_of, asked=self.asked, areas=ours, operations=self.operations)
