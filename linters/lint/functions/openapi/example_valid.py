"""`exampleValid`: every example fits its schema, in the direction in which it travels.

A function of Lading's; the target is an OpenAPI document. Parameters, headers, bodies and schemas are looked at,
through references too, and each example that fails is told with all that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from contracts.errors import UnknownSpecification
from contracts.model import HttpApi, build
from linters.lint.examples import Judge, shown
from linters.lint.function import Check, Context, Function, Problem


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(_target: Any, context: Context) -> Iterable[Problem]:
    try:
        api = build(context.documents)
    except UnknownSpecification:
        return
    if not isinstance(api, HttpApi):
        return
    judge = Judge(context.documents)
    for example in shown(api):
        for below, text in judge.faults(example):
            message = text[:1].upper() + text[1:]
            yield Problem(message, at=(*example.origin.path, *below), source=example.origin.source)


FUNCTION = Function("exampleValid", None, _prepare)
