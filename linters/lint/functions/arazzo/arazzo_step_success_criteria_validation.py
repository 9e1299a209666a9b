"""`arazzoStepSuccessCriteriaValidation`: the success criteria of each step are sound. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from . import _criteria
from ._documents import listed, steps, workflows


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    for workflow in workflows(target):
        for path, step in steps(workflow):
            for index, criterion in enumerate(listed(step, "successCriteria")):
                yield from _criteria.flaws(criterion, (*path, "successCriteria", index), target)


FUNCTION = Function("arazzoStepSuccessCriteriaValidation", None, _prepare)
