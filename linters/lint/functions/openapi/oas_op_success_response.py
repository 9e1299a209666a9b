"""`oasOpSuccessResponse`: among the responses of an operation there is one of success or redirection.

OpenAPI 3.0 brought ranges such as `2XX`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

_STATUS = re.compile(r"[23]\d\d", re.ASCII)
_STATUS_OR_RANGE = re.compile(r"[23](\d\d|XX)", re.ASCII)


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    success = _STATUS if "oas2" in context.formats else _STATUS_OR_RANGE
    if isinstance(target, dict) and not any(map(success.fullmatch, target)):
        yield Problem("No response has a 2xx or 3xx status.")


FUNCTION = Function("oasOpSuccessResponse", None, _prepare)
