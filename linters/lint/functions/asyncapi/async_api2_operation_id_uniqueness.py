"""`asyncApi2OperationIdUniqueness`: no two operations of an AsyncAPI 2.x document go by the same `operationId`.

The target is the document. Traits count as they are merged (2.6.0, Operation Object).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from ._operations import operations, repeated


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    return repeated(operations(target), "operationId")


FUNCTION = Function("asyncApi2OperationIdUniqueness", None, _prepare)
