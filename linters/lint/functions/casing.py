"""`casing`: a text is written in camelCase, kebab-case, or another common case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

# {d} is where digits are allowed. In camel and Pascal case a capital is followed by a small letter or a digit, or
# ends the text.
_CASES = {
    "flat": "[a-z][a-z{d}]*",
    "camel": r"[a-z](?:[a-z{d}]|[A-Z](?=[a-z{d}]|\Z))*",
    "pascal": r"[A-Z](?:[a-z{d}]|[A-Z](?=[a-z{d}]|\Z))*",
    "kebab": "[a-z][a-z{d}]*(?:-[a-z{d}]+)*",
    "cobol": "[A-Z][A-Z{d}]*(?:-[A-Z{d}]+)*",
    "snake": "[a-z][a-z{d}]*(?:_[a-z{d}]+)*",
    "macro": "[A-Z][A-Z{d}]*(?:_[A-Z{d}]+)*",
}
_EXAMPLES = {
    "flat": "ordernumber",
    "camel": "orderNumber",
    "pascal": "OrderNumber",
    "kebab": "order-number",
    "cobol": "ORDER-NUMBER",
    "snake": "order_number",
    "macro": "ORDER_NUMBER",
}


def _prepare(options: Mapping[str, Any]) -> Check:
    case, separator = options["type"], options.get("separator")
    matches = re.compile(_pattern(case, not options.get("disallowDigits"), separator)).fullmatch
    lone = separator["char"] if separator and separator.get("allowLeading") else None
    message = f"must be written in {case} case, like {_EXAMPLES[case]}"

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        if not isinstance(target, str) or not target or target == lone or matches(target):
            return ()
        return (Problem(f'"{target}" {message}.'),)

    return check


def _pattern(case: str, digits: bool, separator: Mapping[str, Any] | None) -> str:
    base = _CASES[case].replace("{d}", "0-9" if digits else "")
    if separator is None or not separator["char"]:  # words one after the other are what the base is
        return base
    between = re.escape(separator["char"])
    leading = f"(?:{between})?" if separator.get("allowLeading") else ""
    return f"{leading}{base}(?:{between}{base})*"


FUNCTION = Function(
    "casing",
    {
        "type": "object",
        "properties": {
            "type": {"enum": list(_CASES)},
            "disallowDigits": {"type": "boolean"},
            "separator": {
                "type": "object",
                "properties": {
                    "char": {"type": "string", "maxLength": 1},
                    "allowLeading": {"type": "boolean"},
                },
                "required": ["char"],
                "additionalProperties": False,
            },
        },
        "required": ["type"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
