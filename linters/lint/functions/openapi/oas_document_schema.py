"""`oasDocumentSchema`: the document is what the published JSON Schema of its OpenAPI version asks for.

From OpenAPI 3.1 on a field that is not expected is told of at the object that has it, as in Spectral.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from contracts.pointers import Path
from contracts.validity import calls
from contracts.validity.flaws import Flaw, flaws
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.resolution import closest
from linters.lint.schemas import FORMATS

_TEMPLATE = re.compile(r"\{[^{}]*\}")
_FORMATS = {
    **FORMATS,
    # A server's URL may be a template, which the schema published for 3.1 does not consider.
    "uri-reference": lambda text: FORMATS["uri-reference"](_TEMPLATE.sub("0", text)),
}
_LINES = {"oas2": "2.0", "oas3.2": "3.2", "oas3.1": "3.1", "oas3": "3.0"}
_MOST, _MOST_NAMED = 1_000, 10


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    line = next((line for name, line in _LINES.items() if name in context.formats), None)
    if line is None or not isinstance(target, dict):
        return
    open_ended = line in ("3.1", "3.2")
    validator = _validator(line, not open_ended or calls.keeps_to_its_dialect(target))
    if validator.is_valid(target):
        return
    found = list(islice(flaws(validator.iter_errors(target)), _MOST))
    relative = {flaw.path for flaw in found if _is_relative(flaw, target)}
    found = [flaw for flaw in found if flaw.path not in relative]
    others = {flaw.path for flaw in found if flaw.code != "ambiguous"}
    found = [flaw for flaw in found if flaw.code != "ambiguous" or flaw.path not in others]
    mistyped = {flaw.path for flaw in found if flaw.code == "wrong-type"}
    unexpected, told = [], []
    for flaw in found:
        if open_ended and flaw.code == "unknown-field":
            unexpected.append(flaw)
        elif flaw.code != "wrong-value" or flaw.path not in mistyped:
            told.append(flaw.path)
            yield Problem(f"{flaw.message} {flaw.advice}".rstrip(), flaw.path)
    yield from _together(unexpected, {path[:n] for path in told for n in range(len(path) + 1)})


def _is_relative(flaw: Flaw, target: Any) -> bool:
    """The address of OpenID Connect may be relative (3.1.1, Relative References in API URLs)."""
    if flaw.code != "wrong-format" or flaw.path[-1:] != ("openIdConnectUrl",):
        return False
    return FORMATS["uri-reference"](closest(target, flaw.path)[1])


@cache
def _validator(line: str, with_schemas: bool) -> Any:
    """Formats count here: an address that is none is found nowhere else."""
    return calls.compiled(line, with_schemas, validate_formats=True, formats=_FORMATS)


def _together(unexpected: Iterable[Flaw], broken: Collection[Path]) -> Iterator[Problem]:
    """One problem for each object that has fields which are not expected.

    A part of the schema that does not hold names no fields: where something else is wrong with an object (it is
    among the `broken`), they may be right by themselves.
    """
    fields: dict[Path, list[str]] = {}
    for flaw in unexpected:
        fields.setdefault(flaw.path[:-1], []).append(f"'{flaw.path[-1]}'")
    for path, names in fields.items():
        listed = ", ".join(names[:_MOST_NAMED]) + (" and others" if len(names) > _MOST_NAMED else "")
        advice = "Correct the name or remove the field; an extension begins with 'x-'."
        if path in broken:
            advice = f"Mend first what else is wrong here; if it stays: {advice[0].lower()}{advice[1:]}"
        yield Problem(f"Not expected here: {listed}. {advice}", path)


FUNCTION = Function("oasDocumentSchema", None, _prepare)
