"""`arazzoStepFailureActionsValidation`: the failure actions of each step are sound. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from . import _actions


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    return _actions.flaws(target, _actions.FAILURE)


FUNCTION = Function("arazzoStepFailureActionsValidation", None, _prepare)
