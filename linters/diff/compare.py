"""Comparing two contracts: pair, walk, judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contracts.errors import ContractError
from contracts.model import EventApi, HttpApi, Origin
from contracts.pointers import from_pointer

from .fingerprints import fingerprinted
from .judge import Judge
from .policy import BACKWARD, CompatPolicy
from .schema_judge import SchemaJudge
from .transitions import Places, SchemaPair, Transition, Walk
from .verdicts import Change, Comparison
from .walk import events, http, names

Api = HttpApi | EventApi


def compare(base: Api, revision: Api, *, policy: CompatPolicy = BACKWARD, each: bool = False) -> Comparison:
    """Every difference between two versions of a contract, judged by a policy.

    The two must be of one kind; an OpenAPI and an AsyncAPI document raise `ContractError`. Versions of the
    specification may differ. What either side's model could not understand makes the comparison unknown.
    `each` gives every operation, and every way that leads to a shared schema, a change of its own.
    """
    judge = Judge(base.documents, revision.documents, policy)
    transitions: list[Transition] = []
    schemas: list[SchemaPair] = []
    generated = names.walk(base.documents, revision.documents) if policy.tier.names else ()
    for found in (*_walk(base, revision, policy), *generated):
        if isinstance(found, Transition):
            transitions.append(found)
        else:
            schemas.append(found)
    changes = [
        *judge.judge(transitions),
        *SchemaJudge(judge, each).changes(schemas),
        *map(_unknown, judge.judge(_problems(base, revision))),
    ]
    comparison = Comparison.of(changes, policy.name, each=each)
    return replace(comparison, changes=tuple(fingerprinted(comparison.changes)))


def _walk(base: Api, revision: Api, policy: CompatPolicy) -> Walk:
    if isinstance(base, HttpApi) and isinstance(revision, HttpApi):
        return http.walk(base, revision, policy)
    if isinstance(base, EventApi) and isinstance(revision, EventApi):
        return events.walk(base, revision, policy)
    raise ContractError(
        "different-kinds",
        f"The base is {base.specification.kind} and the revision {revision.specification.kind}.",
        revision.documents.root.source,
        advice="Compare two versions of one contract.",
    )


def _problems(base: Api, revision: Api) -> Iterator[Transition]:
    """What was not understood on one side only. What both sides have alike cannot have changed by itself."""
    known = {_key(problem) for problem in base.problems} & {_key(problem) for problem in revision.problems}
    for problem in base.problems:
        if _key(problem) not in known:
            yield _problem(problem, at_base=True)
    for problem in revision.problems:
        if _key(problem) not in known:
            yield _problem(problem, at_base=False)
    yield from _broken_off(base, revision, at_base=True)
    yield from _broken_off(revision, base, at_base=False)


def _broken_off(side: Api, other: Api, *, at_base: bool) -> Iterator[Transition]:
    """Texts that were read as far as they could be: what they say beyond that is not known."""
    alike = {document.content for document in other.documents.documents.values()}
    for document in side.documents.documents.values():
        fatal = next((one for one in document.diagnostics if one.fatal), None)
        if fatal is not None and document.content not in alike:
            yield _problem(ContractError(fatal.code, fatal.message, document.source), at_base=at_base)


def _key(problem: ContractError) -> tuple[str, str, str | None]:
    return problem.code, problem.message, problem.pointer


def _problem(problem: ContractError, *, at_base: bool) -> Transition:
    origin = Origin(problem.source, _path(problem.pointer))
    data = {"after": problem.message, "code": problem.code}
    places: Places = (origin, None) if at_base else (None, origin)
    return Transition("document", "not-understood", None, *places, data=data)


def _path(pointer: str | None) -> tuple[str | int, ...]:
    return tuple(int(one) if one.isdecimal() else one for one in from_pointer(pointer or ""))


def _unknown(change: Change) -> Change:
    return replace(change, verdict="unknown", reason="the document could not be understood here")
