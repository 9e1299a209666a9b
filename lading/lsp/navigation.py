"""Where references lead, and what a document consists of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from contracts.document import Document
from contracts.errors import UnresolvableReference
from contracts.pointers import Path, descend
from contracts.references import Located

from .checking import Checked
from .folder import Folder
from .ranges import path_at, place_of, whole_of

MOST = 5_000
"""Symbols of one document."""
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})
_GROUPS = {
    "paths": types.SymbolKind.Module,
    "webhooks": types.SymbolKind.Module,
    "channels": types.SymbolKind.Event,
    "operations": types.SymbolKind.Method,
    "definitions": types.SymbolKind.Class,
    "servers": types.SymbolKind.Namespace,
}
_COMPONENTS = {
    "schemas": types.SymbolKind.Class,
    "messages": types.SymbolKind.Struct,
    "parameters": types.SymbolKind.Variable,
    "responses": types.SymbolKind.Object,
    "securitySchemes": types.SymbolKind.Key,
}


def target_at(checked: Checked, place: types.Position) -> Located | None:
    """What the `$ref` at a place names, one step away."""
    document = checked.document
    if document is None or checked.documents is None:
        return None
    path = path_at(document, place)
    if not path or path[-1] != "$ref":
        return None
    try:
        reference, _ = descend(document.value, path)
        if not isinstance(reference, str):
            return None
        base = checked.documents.base_of(Located(None, document.source, path))
        return checked.documents.lookup(reference, base)
    except (KeyError, UnresolvableReference):
        return None


def definition(checked: Checked, folder: Folder, place: types.Position) -> types.Location | None:
    """Where the definition is written that the `$ref` at a place names."""
    target = target_at(checked, place)
    if target is None or checked.documents is None:
        return None
    document = checked.documents.documents[target.source]
    return types.Location(folder.path(target.source).as_uri(), place_of(document, target.path))


def symbols(document: Document) -> list[types.DocumentSymbol]:
    """Operations, channels, messages, schemas and the like, in the order of the document."""
    value = document.value
    if not isinstance(value, dict) or document.whole_tree is None:
        return []
    left = [MOST]
    found = []
    for key, child in value.items():
        if not isinstance(child, dict):
            continue
        if key in _GROUPS:
            members = list(_members(document, (key,), child, _GROUPS[key], left))
            found.append(_symbol(document, (key,), types.SymbolKind.Namespace, members))
        elif key == "components":
            groups = [
                _symbol(
                    document,
                    (key, group),
                    types.SymbolKind.Namespace,
                    list(
                        _members(
                            document, (key, group), held, _COMPONENTS.get(group, types.SymbolKind.Field), left
                        )
                    ),
                )
                for group, held in child.items()
                if isinstance(held, dict)
            ]
            found.append(_symbol(document, (key,), types.SymbolKind.Namespace, groups))
    return found


def _members(
    document: Document, path: Path, held: dict[str, Any], kind: types.SymbolKind, left: list[int]
) -> Iterator[types.DocumentSymbol]:
    for name, child in held.items():
        if left[0] <= 0:
            return
        left[0] -= 1
        here = (*path, name)
        below = []
        if path[0] in ("paths", "webhooks", "channels") and isinstance(child, dict):
            below = [
                _symbol(document, (*here, key), types.SymbolKind.Method, [], _detail(operation))
                for key, operation in child.items()
                if key in _METHODS or key in ("publish", "subscribe")
            ]
        yield _symbol(document, here, kind, below)


def _symbol(
    document: Document,
    path: Path,
    kind: types.SymbolKind,
    children: list[types.DocumentSymbol],
    detail: str | None = None,
) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=str(path[-1]) or "(empty)",
        detail=detail,
        kind=kind,
        range=whole_of(document, path),
        selection_range=place_of(document, path),
        children=children,
    )


def _detail(operation: Any) -> str | None:
    found = operation.get("operationId") if isinstance(operation, dict) else None
    return found if isinstance(found, str) else None
