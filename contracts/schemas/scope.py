"""The dynamic scope of a schema, as far as it decides what a `$dynamicRef` means.

A dynamic reference means the anchor of that name in the outermost resource on the way by which the schema that holds it
was come to. So a schema is translated once for each way that makes a difference, and in each of the translations the
reference is an ordinary one.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.pointers import descend
from contracts.references import DocumentSet, Located
from contracts.references.dynamic import RECURSIVE


@dataclass(frozen=True, slots=True)
class Scope:
    """The anchors that are bound: name, document and path of each, in the order of names."""

    bound: tuple[tuple[str, str, tuple[str | int, ...]], ...] = ()

    def entering(self, documents: DocumentSet, node: Located) -> Scope:
        """The scope within a node: anchors of its resource, but for those that a resource further out has bound."""
        if not documents.dynamic:
            return self
        known = {name for name, _, _ in self.bound}
        new = [
            (name, node.source, path)
            for name, path in documents.dynamic.within(node.source, node.path).items()
            if name not in known
        ]
        return Scope(tuple(sorted((*self.bound, *new), key=lambda one: one[0]))) if new else self

    def target(self, documents: DocumentSet, initial: Located, anchor: str) -> Located:
        """What a reference with a fragment means that leads to `initial` at first. Only where that is a dynamic anchor of
        the same name itself does the way count."""
        keyword = "$recursiveAnchor" if anchor == RECURSIVE else "$dynamicAnchor"
        wanted = True if anchor == RECURSIVE else anchor
        if not isinstance(initial.value, dict) or initial.value.get(keyword) != wanted:
            return initial
        for name, source, path in self.bound:
            if name == anchor:
                value, real = descend(documents.documents[source].value, path)
                return Located(value, source, real)
        return initial


NOWHERE = Scope()
