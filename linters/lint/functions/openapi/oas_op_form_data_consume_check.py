"""`oasOpFormDataConsumeCheck`: an operation of OpenAPI 2.0 with form parameters consumes a form's media type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict):
        return
    parameters, consumes = target.get("parameters"), target.get("consumes")
    if not isinstance(parameters, list) or not isinstance(consumes, list):
        return  # without `consumes` of its own, the operation takes what the document says
    form = any(isinstance(one, dict) and one.get("in") == "formData" for one in parameters)
    if form and not any(isinstance(one, str) and name in one for one in consumes for name in _FORMS):
        yield Problem(f"The operation has form parameters and consumes neither {' nor '.join(_FORMS)}.")


FUNCTION = Function("oasOpFormDataConsumeCheck", None, _prepare)
