"""`arazzoWorkflowOutputNamesValidation`: the outputs of workflows have proper names and are runtime expressions.

The target is the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

from . import _outputs
from ._documents import workflows


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    every = list(workflows(target))
    if _outputs.are_texts(every):
        for path, workflow in every:
            yield from _outputs.flaws(workflow, path, target, int(path[-1]))


FUNCTION = Function("arazzoWorkflowOutputNamesValidation", None, _prepare)
