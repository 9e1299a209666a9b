"""`oneName`: of several names for one thing, a document uses one for its query parameters.

A function of Lading's; the target is the document. `names` are the synonyms; they are compared as written. The
name that most operations use is taken for the right one, the first of two that are as frequent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.operations import operations, parameters


def _prepare(options: Mapping[str, Any]) -> Check:
    synonyms = frozenset(options["names"])

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        uses = [
            (operation, name)
            for operation in operations(target)
            for name in _query(parameters(operation))
            if name in synonyms
        ]
        counts = Counter(name for _, name in uses)
        if len(counts) < 2:
            return
        usual, most = counts.most_common(1)[0]
        for operation, name in uses:
            if name != usual:
                message = f"{operation.name} has `{name}`, where {most} of {counts.total()} have `{usual}`."
                yield Problem(message, at=operation.path)

    return check


def _query(listed: Iterable[Any]) -> Iterable[str]:
    for parameter in listed:
        name = parameter.get("name") if isinstance(parameter, dict) else None
        if isinstance(name, str) and parameter.get("in") == "query":
            yield name


FUNCTION = Function(
    "oneName",
    {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": True}
        },
        "required": ["names"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
