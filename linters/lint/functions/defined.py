"""`defined`: a value is there, whatever it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.javascript import UNDEFINED


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    return (Problem(f"{context.subject}is missing."),) if target is UNDEFINED else ()


FUNCTION = Function("defined", None, _prepare)
