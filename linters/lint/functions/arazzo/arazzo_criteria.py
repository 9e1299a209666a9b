"""`arazzoCriteria`: a criterion can be evaluated.

A function of Lading's. The target is a Criterion Object. Judged are its parts and the syntax of its condition:
simple conditions and regular expressions wholly, JSONPath and XPath as far as their brackets. What expressions
name is `arazzoExpressions`' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from linters.lint.errors import ScriptError
from linters.lint.function import Check, Context, Function, Problem
from linters.lint.regular_expressions import compile_pattern

from . import _conditions
from ._grammar import without_embedded

_QUOTED = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""")
_CLOSING = {")": "(", "]": "["}


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    if not isinstance(target, dict):
        return
    kind, condition = target.get("type"), target.get("condition")
    language = kind.get("type") if isinstance(kind, dict) else kind
    if not isinstance(condition, str) or not condition.strip():
        yield Problem("The criterion states no `condition`. Say what must be true.", ("condition",))
        return
    if language not in (None, "simple") and target.get("context") is None:
        message = f"A criterion of the type `{language}` needs a `context`, such as `$response.body`."
        yield Problem(message, ("context",))
    for reason in _unreadable(condition, language):
        yield Problem(f"The condition cannot be evaluated: {reason}.", ("condition",))


def _unreadable(condition: str, language: Any) -> Iterator[str]:
    if language in (None, "simple"):
        try:
            _conditions.check(condition)
        except _conditions.Malformed as error:
            yield str(error)
    elif language == "regex":
        try:
            compile_pattern(without_embedded(condition, "x"))
        except ScriptError as error:
            yield str(error)
    elif language in ("jsonpath", "xpath"):
        bare = _QUOTED.sub("x", without_embedded(condition, "x"))
        if language == "jsonpath" and not bare.lstrip().startswith("$"):
            yield "a JSONPath begins with `$`"
        if not _is_balanced(bare):
            yield "a bracket or a quotation mark is not closed"


def _is_balanced(text: str) -> bool:
    opened: list[str] = []
    for character in text:
        if character in "([":
            opened.append(character)
        elif character in _CLOSING and (not opened or opened.pop() != _CLOSING[character]):
            return False
    return not opened and not re.search("[\"']", text)


FUNCTION = Function("arazzoCriteria", None, _prepare)
