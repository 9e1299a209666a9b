"""`asyncApiPayloadValidation`: a payload is a Schema Object of AsyncAPI.

The target is the payload of a message that names no `schemaFormat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.validity.flaws import Flaw
from linters.lint.errors import ScriptError
from linters.lint.function import Check, Context, Function, Problem

from . import _documents


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    line = _documents.line_of(context.formats)
    if line is None:
        return
    for flaw in _flaws(target, line, context):
        yield Problem(f"{flaw.message} {flaw.advice}".strip(), flaw.path)


def _flaws(target: Any, line: str, context: Context) -> Iterable[Flaw]:
    judge = _documents.part(line, "Schema")
    try:
        return list(judge.flaws(target))
    except ScriptError:
        # References multiply it beyond measure; what is written is judged as it is written.
        return judge.flaws(context.documents.locate(context.path).value)


FUNCTION = Function("asyncApiPayloadValidation", None, _prepare)
