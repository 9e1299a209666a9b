"""`falsy`: a value is absent, or is false, zero, null or empty text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import truthy


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    return (Problem(f"{context.subject}must not be used here."),) if truthy(target) else ()


FUNCTION = Function("falsy", None, _prepare)
