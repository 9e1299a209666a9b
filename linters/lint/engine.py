"""Runs a ruleset over a contract: one walk over the resolved document and one over the unresolved one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from contracts.document import Document
from contracts.errors import UnresolvableReference
from contracts.pointers import Path, to_pointer
from contracts.positions import NOWHERE, Range
from contracts.references import DocumentSet
from contracts.references.loading import load

from . import diagnostics, formats
from .budget import STEPS, STEPS_PER_BYTE, spending
from .errors import RuleFailed, ScriptError
from .expressions import Link
from .findings import Finding, in_order
from .function import Context, Problem
from .javascript import UNDEFINED
from .jsonpath import Automaton, FilterFailed, Match, parse, traverse
from .messages import fill
from .printing import dotted, escaped_pointer
from .resolution import Place, Resolution, closest, resolve, unresolved_place
from .rulesets import Rule, Ruleset
from .rulesets.overrides import severity_at


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rules for one combination of formats, by the document they look at."""

    resolved: tuple[_Side, ...]
    unresolved: tuple[_Side, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """The expressions of one traversal, and for each the rules that it serves."""

    automaton: Automaton
    rules: tuple[tuple[Rule, ...], ...]


def lint(
    documents: DocumentSet | Document, ruleset: Ruleset, *, ignore_unknown_format: bool = False
) -> tuple[Finding, ...]:
    """Every finding, sorted and each once.

    A document that was read tolerantly is linted as far as it could be read, and what was wrong with its text
    are findings too. Raises `RuleFailed` where a rule cannot be carried out, or is far too much work.
    """
    if isinstance(documents, Document):
        documents = load(documents)
    if ruleset.for_file is not None and documents.root.source:
        ruleset = ruleset.for_file(documents.root.source)
    with spending(_steps(documents)):
        return _Run(documents, ruleset).findings(ignore_unknown_format)


def _steps(documents: DocumentSet) -> int:
    return STEPS + STEPS_PER_BYTE * sum(len(document.content) for document in documents.documents.values())


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where something is written, with its range."""

    place: Place
    range: Range


class _Target(Context):
    """A context whose path is put together when it is asked for: few targets are objected to."""

    __slots__ = ("_below", "_link", "_path")
    _below: Path
    _link: Link
    _path: Path | None

    def move(self, link: Link, below: Path) -> None:
        self._link, self._below, self._path = link, below, None

    @property
    def path(self) -> Path:
        if self._path is None:
            self._path = (*self._link.path, *self._below)
        return self._path

    @path.setter
    def path(self, path: Path) -> None:
        self._path = path


class _Run:
    def __init__(self, documents: DocumentSet, ruleset: Ruleset) -> None:
        self.documents = documents
        self.root = documents.root
        self.ruleset = ruleset
        self.formats = formats.detect(self.root.value, ruleset.formats)
        self.found: list[Finding] = []
        self.dangling: set[int] = set()
        """The `id`s of what stands in the traversed document where a reference could not be followed."""
        self.told: set[tuple[str, int]] = set()
        """Rules and the `id`s of the spots that they spoke of."""
        self.spots: list[dict[Path, _Spot]] = []
        """Keeps spots alive, so that an `id` stands for one."""

    def findings(self, ignore_unknown_format: bool) -> tuple[Finding, ...]:
        resolution = resolve(self.documents)
        self.found.extend(diagnostics.of_text(self.documents, self.ruleset))
        self.found.extend(diagnostics.of_references(self.documents, resolution))
        if not ignore_unknown_format and self.ruleset.formats and not self.formats:
            self.found.append(diagnostics.of_format(self.root, self.ruleset))
        plan = _plan(self.ruleset, self.formats)
        for side in plan.resolved:
            self._walk(side, resolution.value, resolution, resolution.shared if self.root.source else ())
        for side in plan.unresolved:
            self._walk(side, self.root.value, None, ())
        return in_order(self.found)

    def _walk(self, side: _Side, value: Any, resolution: Resolution | None, shared: Any) -> None:
        context = _Target((), value, self.documents, self.formats, resolution is not None)
        locate = self._locator(resolution)
        self.dangling = resolution.dangling if resolution is not None else set()

        def report(match: Match) -> None:
            for rule in side.rules[match.expression]:
                self._ask(rule, match, context, locate)

        try:
            traverse(value, side.automaton, report, shared=shared)
        except FilterFailed as error:
            raise self._failed(side.rules[error.expression][0], error, error.path) from error

    def _locator(self, resolution: Resolution | None) -> Callable[[Path], _Spot]:
        """A function from the path of a node in the traversed document to where it is written, found once each."""
        spots: dict[Path, _Spot] = {}
        self.spots.append(spots)

        def locate(path: Path) -> _Spot:
            spot = spots.get(path)
            if spot is None:
                place = self._place(path, resolution)
                spot = spots[path] = _Spot(place, place.document.exact_range(place.path) or NOWHERE)
            return spot

        return locate

    def _place(self, path: Path, resolution: Resolution | None) -> Place:
        if resolution is None:
            return unresolved_place(self.root, path)
        place = resolution.place(path)
        if place is None:
            real, value = closest(resolution.value, path)
            place = Place(self.root, real, path[len(real) :], value)
        return place

    def _ask(self, rule: Rule, match: Match, context: _Target, locate: Callable[[Path], _Spot]) -> None:
        dangling = self.dangling
        for then in rule.then:
            context.move(match.link, ())
            try:
                for below, target in then.field.targets(match.value):
                    if below:
                        context.move(match.link, below)
                    if dangling and id(target) in dangling:
                        continue
                    problems = then.check(target, context)
                    if not problems:
                        continue  # as of nearly all targets
                    for problem in problems:
                        if dangling and self._is_beyond(problem, target, context.path, locate):
                            continue
                        self._tell(rule, problem, context.path, locate)
            except (ScriptError, UnresolvableReference, RecursionError) as error:
                raise self._failed(rule, error, context.path) from error

    def _is_beyond(self, problem: Problem, target: Any, path: Path, locate: Callable[[Path], _Spot]) -> bool:
        """Whether a problem is about what a reference would name that leads nowhere: `invalid-ref` told of that."""
        if problem.source is not None or (
            target is not UNDEFINED and problem.at is None and not problem.below
        ):
            return False
        return id(locate(_whole(problem, path)).place.value) in self.dangling

    def _tell(self, rule: Rule, problem: Problem, path: Path, locate: Callable[[Path], _Spot]) -> None:
        whole = _whole(problem, path)
        spot = locate(whole) if problem.source is None else self._written(problem)
        place, document = spot.place, spot.place.document
        if rule.message is None and rule.description is not None:
            # Whatever the function found, the rule says the same; a place needs to hear it once.
            if (rule.name, id(spot)) in self.told:
                return
            self.told.add((rule.name, id(spot)))
        severity = severity_at(rule.severity, rule.pointers, place.path)
        if severity is None:
            return
        message = _message(rule, problem, place)
        self.found.append(
            Finding(
                rule.name,
                message,
                place.path,
                severity,
                spot.range,
                document.source,
                rule.documentation_url,
                reached=None if problem.source is not None or self._is_direct(place, whole) else whole,
                stands_for=problem.stands_for,
            )
        )

    def _is_direct(self, place: Place, whole: Path) -> bool:
        """Whether a place was reached without a reference."""
        return place.document is self.root and whole[: len(place.path)] == place.path

    def _written(self, problem: Problem) -> _Spot:
        """The spot of a problem that names the file in which it stands."""
        assert problem.source is not None
        place = unresolved_place(self.documents.documents[problem.source], problem.at or ())
        spot = _Spot(place, place.document.exact_range(place.path) or NOWHERE)
        self.spots.append({place.path: spot})
        return spot

    def _failed(self, rule: Rule, error: Exception, path: Path) -> RuleFailed:
        return RuleFailed(
            "rule-failed",
            f"The rule {rule.name} failed: {error}.",
            self.root.source,
            pointer=to_pointer(path),
            advice="Mend the rule; a filter that looks into values begins with '@ &&'."
            if isinstance(error, FilterFailed)
            else "Mend the function, or what the rule asks of it.",
            rule=rule.name,
        )


def _whole(problem: Problem, path: Path) -> Path:
    """The culprit's path in the traversed document, where `path` is the target's."""
    return (*path, *problem.below) if problem.at is None else problem.at


def _message(rule: Rule, problem: Problem, place: Place) -> str:
    if rule.message is None:
        return (problem.message if rule.description is None else rule.description).strip()
    path, missing = place.path, place.missing
    named: str | int = path[-1] if path else ""
    if missing:
        named = dotted((*path[-1:], *missing) if path else missing[-1:])
    values = {
        "error": problem.message,
        "property": named,
        "path": escaped_pointer([str(part) for part in path]) if "path" in rule.message else "",
        "value": place.value,
        "description": rule.description,
    }
    return fill(rule.message, values).strip()


def _plan(ruleset: Ruleset, found: frozenset[str]) -> _Plan:
    plan: _Plan | None = ruleset.plans.get(found)
    if plan is None:
        rules = [rule for rule in ruleset.running if rule.formats is None or rule.formats & found]
        plan = ruleset.plans[found] = _Plan(
            _sides([rule for rule in rules if rule.resolved], found),
            _sides([rule for rule in rules if not rule.resolved], found),
        )
    return plan


def _sides(rules: Iterable[Rule], found: frozenset[str]) -> tuple[_Side, ...]:
    """The rules' expressions, those that several rules share looked for once.

    The few that depend on the whole way to a node have a walk of their own, so that the others need not follow
    every way to what many references name.
    """
    served: dict[str, list[Rule]] = {}
    for rule in rules:
        for expression in rule.aliases.expand(rule.given, found):
            served.setdefault(expression, []).append(rule)
    paths = [(parse(text), tuple(asking)) for text, asking in served.items()]
    groups = ([pair for pair in paths if pair[0].by_route is by_route] for by_route in (False, True))
    return tuple(
        _Side(Automaton([path for path, _ in group]), tuple(asking for _, asking in group))
        for group in groups
        if group
    )
