"""Message templates: `{{name}}` and `#{{expression}}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from linters.lint import javascript as js
from linters.lint.budget import Exhausted
from linters.lint.errors import ScriptError
from linters.lint.expressions import Here, compile_expression, parse

from .javascript import UNDEFINED
from .printing import brief, subject

_PLACEHOLDER = re.compile(r"(#?)\{\{(.*?)\}\}")
_HERE = Here(None)


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with its placeholders filled in; unknown names give nothing.

    `values` hold at least error, property, path, value and description. A value may be `UNDEFINED`.
    An expression that fails gives nothing either: a message is no reason to stop a run.
    """
    return _PLACEHOLDER.sub(lambda match: _filled(match, values), template)


def _filled(match: re.Match[str], values: Mapping[str, Any]) -> str:
    name = match[2].strip()
    if match[1]:
        return _evaluated(name, values)
    return js.to_string(values[name]) if name in values and values[name] is not None else _null(name, values)


def _null(name: str, values: Mapping[str, Any]) -> str:
    return "null" if name == "value" and name in values else ""


def _evaluated(source: str, values: Mapping[str, Any]) -> str:
    def show(what: Any = UNDEFINED) -> str:
        if what == "value":
            return brief(values.get("value"))
        named = values.get("property", "")
        return f'"{named}" property ' if named != "" else subject(())

    try:
        result = compile_expression(parse(source), {**values, "print": show})(None, _HERE)
    except Exhausted:
        raise
    except ScriptError:
        return ""
    return js.to_string(result)
