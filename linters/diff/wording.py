"""Sentences that a developer understands."""

from __future__ import annotations

import json
from typing import Any

LONGEST = 80
"""Values longer than this are cut in sentences; the figures of a change keep them whole."""


def sentence(template: str, what: str, operation: str | None, data: dict[str, Any]) -> str:
    """A check's template with its figures filled in; begins with a capital, ends with a full stop."""
    shown = {key: show(value) for key, value in data.items()}
    for key in ("before", "after", "name", "value"):
        shown.setdefault(key, "nothing")
    text = template.format_map({**shown, "What": what, "operation": operation or "The contract"})
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def show(value: Any) -> str:
    """A value as a reader expects it: text as it is, everything else as JSON."""
    if value is None:
        return "nothing"
    if isinstance(value, str):
        text = value
    elif isinstance(value, list):
        text = ", ".join(
            item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in value
        )
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def subject(what: str, path: str) -> str:
    """`the request body` and `lines[].sku` → `the property lines[].sku of the request body`."""
    if not path:
        return what
    if path.endswith("[]"):
        return f"each item of `{path[:-2]}` in {what}" if path != "[]" else f"each item of {what}"
    if path[0] in "<[*/" and "." not in path:
        return f"`{path}` of {what}"
    return f"the property `{path}` of {what}"
