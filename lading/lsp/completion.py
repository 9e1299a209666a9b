"""What may stand behind `$ref:`, and behind `rule:` in an ignore."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lsprotocol import types

from contracts.errors import ContractError
from contracts.pointers import to_pointer
from contracts.references.names import join
from linters.suppression.inline import KEY

from .checking import Checked
from .folder import Folder

MOST = 1_000
"""Offers at one place."""
_REFERENCE = re.compile(r"""\$ref["']?[ \t]*:[ \t]*["']?(?P<typed>[^"'\s]*)$""").search
_RULE = re.compile(r"""\brule["']?[ \t]*:[ \t]*["']?(?P<typed>[^"'\s,}]*)$""").search
_ABOVE = 12
"""So many lines above a `rule:` its `x-lading-ignore` may stand."""


def completions(
    checked: Checked, lines: list[str], folder: Folder, place: types.Position
) -> list[types.CompletionItem]:
    """Offers for the text before a place; `lines` are those of the editor, which need not be readable."""
    if place.line >= len(lines):
        return []
    before = lines[place.line].encode("utf-16-le")[: 2 * place.character].decode("utf-16-le", "ignore")
    if (match := _REFERENCE(before)) is not None:
        offers: Iterable[str] = _targets(checked, folder, match["typed"])
        kind = types.CompletionItemKind.Reference
    elif (match := _RULE(before)) is not None and _in_ignore(lines, place.line):
        offers = sorted(checked.judge.ruleset.rules)
        kind = types.CompletionItemKind.EnumMember
    else:
        return []
    typed = match["typed"]
    start = types.Position(place.line, place.character - len(typed.encode("utf-16-le")) // 2)
    is_quoted = before[: match.start("typed")].endswith(("'", '"'))
    items: list[types.CompletionItem] = []
    for offer in offers:
        if len(items) >= MOST:
            break
        text = offer if is_quoted or not offer.startswith("#") else f"'{offer}'"
        edit = types.TextEdit(types.Range(start, place), text)
        items.append(types.CompletionItem(label=offer, kind=kind, filter_text=offer, text_edit=edit))
    return items


def _in_ignore(lines: list[str], number: int) -> bool:
    return any(KEY in line for line in lines[max(0, number - _ABOVE) : number + 1])


def _targets(checked: Checked, folder: Folder, typed: str) -> Iterator[str]:
    """Definitions of this document, then other files; behind a file's name its definitions."""
    name, hash_, _ = typed.partition("#")
    if name and hash_:
        yield from (f"{name}#{pointer}" for pointer in _of_file(checked, folder, join(name, checked.source)))
        return
    if checked.document is not None:
        yield from (f"#{pointer}" for pointer in _pointers(checked.document.value))
    here = posixpath.dirname(checked.source)
    for source in folder.files():
        if source != checked.source:
            relative = posixpath.relpath(source, here or ".")
            yield relative if relative.startswith(".") else f"./{relative}"


def _of_file(checked: Checked, folder: Folder, source: str) -> Iterator[str]:
    try:
        yield from _pointers(folder.document(source).value)
    except ContractError:
        return  # there is no such file, or nothing can be read in it: then it offers nothing


def _pointers(value: Any) -> Iterator[str]:
    """Pointers to what people refer to: the members of components and definitions, or of a file that is a map."""
    if not isinstance(value, dict):
        return
    for top in ("components", "definitions", "$defs", "channels", "parameters", "responses"):
        held = value.get(top)
        if not isinstance(held, dict):
            continue
        for name, child in held.items():
            if top != "components":
                yield to_pointer((top, name))
            elif isinstance(child, dict):
                yield from (to_pointer((top, name, below)) for below in child)
    if not {"openapi", "swagger", "asyncapi", "components"} & set(value):
        yield from (to_pointer((name,)) for name, child in value.items() if isinstance(child, dict))
