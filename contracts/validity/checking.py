"""The checks put together: the structure first, then what only makes sense in a sound structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from contracts.errors import ContractError
from contracts.kinds import Specification, specification_of
from contracts.pointers import to_pointer
from contracts.references import DocumentSet, Located

from . import calls, events, workflows
from .flaws import Flaw, flaws

LIMIT = 50
"""How many errors are told of one document; who mends these finds the others next time."""

_UNEXPECTED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Validity:
    """What was found, and what was not looked at.

    `errors` are sorted by place. `unchecked` says in sentences which rules were not tried and why; when it is
    empty and there are no errors, the document is valid. References that lead nowhere are not repeated here:
    they are in the document set's `problems`.
    """

    specification: Specification
    errors: tuple[ContractError, ...]
    unchecked: tuple[str, ...] = ()


def check(documents: DocumentSet, *, limit: int = LIMIT) -> tuple[ContractError, ...]:
    """The errors of `examine`."""
    return examine(documents, limit=limit).errors


def examine(documents: DocumentSet, *, limit: int = LIMIT) -> Validity:
    """Whether the root document is what its specification calls valid, and the documents it refers to.

    Raises `UnknownSpecification`.
    """
    specification = specification_of(documents.root)
    value = documents.root.value
    written: list[Flaw] = []
    reached: list[Flaw] = []
    unchecked: list[str] = []
    if specification.kind == "asyncapi":
        written += islice(flaws(events.validator(specification.line).iter_errors(value)), limit)
    elif specification.kind == "arazzo":
        written += islice(flaws(workflows.validator(specification.line).iter_errors(value)), limit)
        unchecked.append("Whether the steps, inputs and operations that workflows name exist is not checked.")
    elif specification.kind == "openapi":
        written += islice(flaws(_structure(value, specification.line, unchecked)), limit)
        meant = _meaning(documents, specification.line, bool(written), unchecked)
        reached += islice(dict.fromkeys(islice(meant, 2 * limit)), limit - len(written))
    else:
        unchecked.append(f"{specification} documents are not checked for validity.")
    if len(documents.documents) > 1:
        unchecked.append("The structure of the files that the main one refers to is not checked.")
    root = documents.root
    errors = [_error(flaw, Located(None, root.source, flaw.path), documents) for flaw in written]
    errors += [_error(flaw, documents.locate(flaw.path), documents) for flaw in reached]
    return Validity(specification, tuple(sorted(errors, key=_place)), tuple(unchecked))


def _structure(value: Any, line: str, unchecked: list[str]) -> Iterable[Any]:
    own = line in ("2.0", "3.0") or calls.keeps_to_its_dialect(value)
    if not own:
        unchecked.append("Schemas are not checked, as the document names a dialect of its own for them.")
    errors: Iterable[Any] = calls.validator(line, own).iter_errors(value)
    return errors


def _meaning(documents: DocumentSet, line: str, broken: bool, unchecked: list[str]) -> Iterator[Flaw]:
    rules = "Operation ids, path parameters and defaults are not checked"
    if broken:
        unchecked.append(f"{rules} while the structure is broken.")
        return
    if documents.problems:
        unchecked.append(f"{rules} while references lead nowhere.")
        return
    # Imported where they are needed: openapi-spec-validator takes a quarter of a second.
    from referencing.exceptions import Unresolvable

    from . import meaning

    try:
        yield from meaning.flaws(documents, line)
    except meaning.Exhausted:
        unchecked.append(f"{rules} to the end: the alternatives in the schemas multiply too much.")
    except RecursionError:
        unchecked.append(f"{rules} to the end: the schemas are nested too deep.")
    except (*_UNEXPECTED, Unresolvable) as error:
        # What a reference led to is not what should be there, and openapi-spec-validator stumbles over it.
        unchecked.append(f"{rules} to the end: {type(error).__name__} at a part that is not as expected.")


def _error(flaw: Flaw, place: Located, documents: DocumentSet) -> ContractError:
    line, pointer = documents.line(place), to_pointer(place.path)
    return ContractError(flaw.code, flaw.message, place.source, line, None, pointer, flaw.advice)


def _place(error: ContractError) -> tuple[str, int, str]:
    return (error.source, error.line or 0, error.message)
