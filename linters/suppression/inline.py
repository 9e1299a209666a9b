"""`x-lading-ignore` in a contract: read from every file of it, each broken one a finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from contracts.document import Document
from contracts.pointers import Path
from contracts.references import DocumentSet
from linters.lint import Finding, Severity

from .entries import CODE, Ignore, day

KEY = "x-lading-ignore"
FIELDS = ("rule", "reason", "until")
MOST_ENTRIES = 1_000
"""In one file. Whoever ignores more than that wants another ruleset."""
MOST_CHARACTERS = 2_000
_Way: TypeAlias = "tuple[()] | tuple[_Way, str | int]"
"""A path as its last part and the way before, which costs nothing to lengthen: few nodes are ever asked for theirs."""
_EXAMPLE = f"Write `{KEY}: [{{rule: CODE, reason: why, until: 2030-12-31}}]`."


def read_ignores(documents: DocumentSet) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
    """The ignores of all files, and an `ignore-malformed` for each that is none."""
    entries: list[Ignore] = []
    broken: list[Finding] = []
    for document in documents.documents.values():
        if KEY.encode() not in document.content:
            continue  # an escaped spelling of the key is none: it would only hide it from people
        before = len(entries)
        for node, value in _holders(document.value):
            listed = value if isinstance(value, list) else [value]
            for index, one in enumerate(listed):
                path = (*node, KEY, index) if isinstance(value, list) else (*node, KEY)
                fault = _fault(one)
                if fault is None and len(entries) - before >= MOST_ENTRIES:
                    fault = f"This file ignores more than {MOST_ENTRIES:,} times; the rest is not read."
                if fault is None:
                    entries.append(_ignore(one, document, path, node))
                else:
                    broken.append(_malformed(fault, document, path))
    return tuple(entries), tuple(broken)


def _holders(value: Any) -> Iterator[tuple[Path, Any]]:
    """The paths of the nodes that hold an ignore, in document order, each with what is written there."""
    stack: list[tuple[_Way, Any]] = [((), value)] if isinstance(value, dict | list) else []
    seen: set[int] = set()
    while stack:
        way, node = stack.pop()
        if id(node) in seen:
            continue  # behind an alias: it is written once
        seen.add(id(node))
        if isinstance(node, dict):
            if KEY in node:
                yield _path(way), node[KEY]
            below = [
                ((way, key), one) for key, one in node.items() if isinstance(one, dict | list) and key != KEY
            ]
        else:
            below = [((way, key), one) for key, one in enumerate(node) if isinstance(one, dict | list)]
        stack.extend(reversed(below))


def _path(way: _Way) -> Path:
    path: list[str | int] = []
    while way:
        way, key = way
        path.append(key)
    return tuple(reversed(path))


def _fault(one: Any) -> str | None:
    """What is wrong with an entry, in a sentence."""
    if isinstance(one, str):
        return "An ignore says why: this one is only the code of a rule."
    if not isinstance(one, Mapping):
        return "An ignore is a mapping with a `rule` and a `reason`."
    unknown = [key for key in one if key not in FIELDS]
    if unknown:
        return f"An ignore has no `{unknown[0]}`; it has {', '.join(f'`{key}`' for key in FIELDS)}."
    rule, reason = one.get("rule"), one.get("reason")
    if not isinstance(rule, str) or not CODE.fullmatch(rule):
        return "An ignore names one `rule` by its code, or an area like `naming-*`."
    if not isinstance(reason, str) or not reason.strip():
        return f"The ignore of `{rule}` gives no reason."
    if len(reason) > MOST_CHARACTERS:
        return f"The reason why `{rule}` is ignored is longer than {MOST_CHARACTERS:,} characters."
    if "until" in one and day(one["until"]) is None:
        return f"`{one['until']}` is no day (RFC 3339), so nobody knows until when `{rule}` is ignored."
    return None


def _ignore(one: Mapping[str, Any], document: Document, path: Path, node: Path) -> Ignore:
    until = day(one.get("until"))
    reason = one["reason"].strip()
    return Ignore(one["rule"], reason, until, document.source, path, document.range(path), node)


def _malformed(fault: str, document: Document, path: Path) -> Finding:
    message = f"{fault} It ignores nothing. {_EXAMPLE}"
    return Finding("ignore-malformed", message, path, Severity.ERROR, document.range(path), document.source)
