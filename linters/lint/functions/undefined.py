"""`undefined`: a value is not there, not even as null."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    return () if target is UNDEFINED else (Problem(f"{context.subject}must be left out."),)


FUNCTION = Function("undefined", None, _prepare)
