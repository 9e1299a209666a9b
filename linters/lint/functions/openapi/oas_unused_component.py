"""`oasUnusedComponent`: each component that is there to be referred to is referred to. The target is the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.functions import unreferenced_reusable_object

_SECTIONS = (
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
)


def _prepare(_options: Mapping[str, Any]) -> Check:
    checks = {section: _unreferenced(section) for section in _SECTIONS}

    def check(target: Any, context: Context) -> Iterable[Problem]:
        components = target.get("components") if isinstance(target, dict) else None
        if not isinstance(components, dict):
            return
        for section, unused in checks.items():
            for problem in unused(components.get(section), context) or ():
                yield replace(problem, below=("components", section, *problem.below))

    return check


def _unreferenced(section: str) -> Check:
    location = {"reusableObjectsLocation": f"#/components/{section}"}
    return unreferenced_reusable_object.FUNCTION.prepare(location)


FUNCTION = Function("oasUnusedComponent", None, _prepare)
