"""`asyncApiDocumentSchema`: an AsyncAPI document is built as its specification says.

The target is the document. With `resolved` it is judged with its references replaced. Without, only one thing is
looked for: references where the specification allows none. Of alternatives that all fail, only what was meant is
told of, where Spectral may also say what the others lack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.validity.flaws import Flaw
from linters.lint.errors import ScriptError
from linters.lint.function import Check, Context, Function, Problem

from . import _documents


def _prepare(options: Mapping[str, Any]) -> Check:
    resolved: bool = options["resolved"]

    def check(target: Any, context: Context) -> Iterable[Problem]:
        line = _documents.line_of(context.formats)
        if line is None:
            return
        for flaw in _flaws(target, line, resolved, context):
            stray = flaw.code == "unknown-field" and flaw.path[-1] == "$ref"
            if resolved and not stray:
                yield Problem(f"{flaw.message} {flaw.advice}".strip(), flaw.path)
            elif stray and not resolved:
                yield Problem("A reference is not allowed here. Write out what it leads to.", flaw.path)

    return check


def _flaws(target: Any, line: str, resolved: bool, context: Context) -> Iterable[Flaw]:
    try:
        return list(_documents.document(line, resolved).flaws(target))
    except ScriptError:
        # References multiply it beyond measure; what is written is judged as it is written.
        return _documents.document(line, False).flaws(context.documents.root.value)


FUNCTION = Function(
    "asyncApiDocumentSchema",
    {
        "type": "object",
        "properties": {"resolved": {"type": "boolean"}},
        "required": ["resolved"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
