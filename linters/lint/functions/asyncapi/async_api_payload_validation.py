"""`asyncApiPayloadValidation`: a payload is a Schema Object of AsyncAPI.

The target is the payload of a message that names no `schemaFormat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from . import _documents


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    line = _documents.line_of(context.formats)
    if line is None:
        return
    for flaw in _documents.part(line, "Schema").flaws(target):
        yield Problem(f"{flaw.message} {flaw.advice}".strip(), flaw.path)


FUNCTION = Function("asyncApiPayloadValidation", None, _prepare)
