"""Which references lead to a place."""

from __future__ import annotations

from collections import defaultdict

from contracts.errors import UnresolvableReference
from contracts.pointers import Path
from contracts.references import DocumentSet
from contracts.references.names import split
from contracts.references.scan import scan

SHOWN = 5
"""So many references are told for one finding."""


class Uses:
    """The references of a set of documents, by the node that they name."""

    def __init__(self, documents: DocumentSet) -> None:
        self._by_target: dict[tuple[str, Path], list[tuple[str, Path]]] = defaultdict(list)
        for name, document in documents.documents.items():
            for mention in scan(document.value, name).references:
                if not split(mention.reference)[1] and not split(mention.reference)[0]:
                    continue
                try:
                    target = documents.lookup(mention.reference, mention.scope or name)
                except UnresolvableReference:
                    continue  # that is a finding of its own
                self._by_target[target.source, target.path].append((name, mention.path))

    def of(self, source: str, path: Path) -> list[tuple[str, Path]]:
        """Where the innermost node around `path` that anything refers to is referred to."""
        for depth in range(len(path), 0, -1):
            found = self._by_target.get((source, path[:depth]))
            if found:
                return found[:SHOWN]
        return self._by_target.get((source, ()), [])[:SHOWN]
