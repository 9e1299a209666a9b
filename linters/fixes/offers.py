"""Which fixes there are for findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from contracts.document import Document
from contracts.references import DocumentSet
from linters.lint import Finding, Ruleset

from .action import Located, Surroundings
from .changes import Quote
from .edits import CannotFix
from .fix import Batch, Fix, carried_out, typeset
from .page import Page
from .recipes import Level, Recipe, recipes

BUDGET = 20_000_000
"""Bytes; about as many are read in a second."""


class Workshop:
    """Makes fixes for the findings of one set of documents by the recipes of one ruleset."""

    def __init__(self, documents: DocumentSet, ruleset: Ruleset, others: Iterable[DocumentSet] = ()) -> None:
        self._documents = documents
        self._recipes = recipes(ruleset)
        self._around = Surroundings(documents, others)
        self._pages = _Pages(documents)

    def fixes(self, finding: Finding) -> Iterator[Fix]:
        """Each way to mend a finding that its document allows, the trusted ones as the rule has them in order.

        The edits are not tried yet: `carried_out` does that.
        """
        document = self._documents.documents.get(finding.source)
        if document is None or any(diagnostic.fatal for diagnostic in document.diagnostics):
            return
        if finding.code == "parser":
            yield from self._made(Level.SAFE, "Put the key in quotes", finding, _quoted(finding, document))
            return
        for recipe in self._recipes.get(finding.code, ()):
            if recipe.fits(_text_at(finding, document)):
                yield from self._made(
                    recipe.level, recipe.title, finding, partial(self._planned, recipe, finding)
                )

    def _planned(self, recipe: Recipe, finding: Finding) -> Iterable[Located]:
        return recipe.action.plan(finding, self._around, recipe.options)

    def _made(self, level: Level, title: str, finding: Finding, plan: Any) -> Iterator[Fix]:
        try:
            changes = tuple(plan())
            if changes:
                yield Fix(title, level, finding, changes, typeset(changes, self._pages))
        except CannotFix:
            return  # a rule's recipe is for the common case; a document may be written otherwise


class _Pages(dict[str, Page]):
    """Pages made when they are first needed."""

    def __init__(self, documents: DocumentSet) -> None:
        super().__init__()
        self._documents = documents

    def __missing__(self, source: str) -> Page:
        page = self[source] = Page(self._documents.documents[source])
        return page


def fixes_of(
    documents: DocumentSet, ruleset: Ruleset, findings: Iterable[Finding], *, budget: int = BUDGET
) -> Mapping[Finding, tuple[Fix, ...]]:
    """The fixes of findings that were tried and hold; findings without any are left out.

    Fixes that do not meet are tried together, and by themselves where one of them fails. `budget` is how many bytes
    may be read for that; fixes that could not be tried within it are left out, all of them for a larger contract.
    Raises `RulesetError` for a recipe
    that cannot be read.
    """
    if len(documents.root.content) > budget:
        return {}
    workshop = Workshop(documents, ruleset)
    waiting = offered = [fix for finding in findings for fix in workshop.fixes(finding)]
    trial = _Trial(documents, budget)
    while waiting:
        batch = Batch()
        waiting = [fix for fix in waiting if not batch.add(fix)]
        trial.run(batch.fixes)
    holding = {id(fix) for fix in trial.held}
    held: dict[Finding, list[Fix]] = defaultdict(list)
    for fix in offered:
        if id(fix) in holding:
            held[fix.finding].append(fix)
    return {finding: tuple(fixes) for finding, fixes in held.items()}


class _Trial:
    """Makes fixes for nothing, to see whether they hold."""

    def __init__(self, documents: DocumentSet, budget: int) -> None:
        self.held: list[Fix] = []
        self._documents = documents
        self._budget = budget

    def run(self, fixes: list[Fix]) -> None:
        cost = sum(
            len(self._documents.documents[source].content)
            for source in {source for fix in fixes for source in fix.edits}
        )
        if cost > self._budget:
            return
        self._budget -= cost
        try:
            carried_out(self._documents, fixes)
        except CannotFix:
            if len(fixes) > 1:
                middle = len(fixes) // 2
                self.run(fixes[:middle])
                self.run(fixes[middle:])
            return
        self.held += fixes


def _text_at(finding: Finding, document: Document) -> str:
    value: Any = document.value
    for part in finding.path:
        value = value[part]
    last = finding.path[-1] if finding.path else ""
    return value if isinstance(value, str) else str(last)


def _quoted(finding: Finding, document: Document) -> Any:
    def plan() -> Iterator[Located]:
        for diagnostic in document.diagnostics:
            if diagnostic.code == "non-string-key" and diagnostic.range == finding.range:
                yield finding.source, Quote(diagnostic.path)

    return plan
