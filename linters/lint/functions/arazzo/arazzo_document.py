"""`arazzoDocument`: an Arazzo document is built as its specification says.

A function of Lading's. The target is the document. Of alternatives that all fail, only what was most likely meant
is judged, so that one mistake is one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from contracts.kinds import LINES
from contracts.validity import workflows
from contracts.validity.flaws import flaws
from linters.lint.function import Check, Context, Function, Problem

_MOST = 1_000


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    version = target.get("arazzo") if isinstance(target, dict) else None
    line = next((line for line in LINES["arazzo"] if str(version).startswith(f"{line}.")), None)
    if line is None:
        return
    for flaw in islice(flaws(workflows.validator(line).iter_errors(target)), _MOST):
        yield Problem(f"{flaw.message} {flaw.advice}".strip(), flaw.path)


FUNCTION = Function("arazzoDocument", None, _prepare)
