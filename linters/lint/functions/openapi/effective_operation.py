"""`effectiveOperation`: operations, with all that they inherit, are valid against a JSON Schema.

A function of Lading's; the target is the document. What the schema sees of an operation is said by
`linters.lint.operations.effective`. `where` tells which operations are meant, `at` the member to point to.
With `together`, what no operation has is told once of the whole document, and not of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.errors import ScriptError
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.operations import Operation, effective, operations
from linters.lint.schemas import UnusableSchema, Validator, compile_schema


def _prepare(options: Mapping[str, Any]) -> Check:
    wanted, meant = _compiled(options["schema"]), _compiled(options.get("where", {}))
    inherits: list[str] = options.get("inherits", [])
    at: Path = tuple(options.get("at", ()))

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        failing, count = [], 0
        for operation in operations(target):
            whole = effective(operation, target, inherits)
            if _is_partly_unknown(whole) or not meant.is_valid(whole):
                continue
            count += 1
            if not wanted.is_valid(whole):
                failing.append(operation)
        if options.get("together") and count > 1 and len(failing) == count:
            return (Problem(f"All {count} operations", at=(), stands_for=count),)
        return [Problem(operation.name, at=_place(operation, at)) for operation in failing]

    return check


def _is_partly_unknown(whole: Mapping[str, Any]) -> bool:
    """Whether a parameter, a response or the body is a reference that leads nowhere: `invalid-ref` tells of that."""
    responses = whole.get("responses")
    parts = [*whole["parameters"], whole.get("requestBody"), responses]
    parts += responses.values() if isinstance(responses, dict) else ()
    return any(isinstance(part, dict) and isinstance(part.get("$ref"), str) for part in parts)


def _compiled(schema: Any) -> Validator:
    try:
        return compile_schema(schema)
    except UnusableSchema as error:
        raise ScriptError(f"the schema cannot be used: {error}") from None


def _place(operation: Operation, at: Path) -> Path:
    """The member to point to, as far as the operation has it."""
    value: Any = operation.value
    for depth, key in enumerate(at):
        if not isinstance(value, dict) or key not in value:
            return operation.path + at[:depth]
        value = value[key]
    return operation.path + at


FUNCTION = Function(
    "effectiveOperation",
    {
        "type": "object",
        "properties": {
            "schema": {"type": "object"},
            "where": {"type": "object"},
            "inherits": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
            "at": {"type": "array", "items": {"type": "string"}},
            "together": {"type": "boolean"},
        },
        "required": ["schema"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
