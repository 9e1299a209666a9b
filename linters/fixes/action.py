"""What an action of a recipe is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from contracts.document import Document
from contracts.pointers import Path, descend
from contracts.references import DocumentSet
from linters.lint import Finding

from .changes import Change
from .edits import CannotFix
from .mentions import Mentions


class Surroundings:
    """What an action may look at: all documents, what in them mentions what, and other contracts beside them."""

    def __init__(self, documents: DocumentSet, others: Iterable[DocumentSet] = ()) -> None:
        self.documents = documents
        self._others = tuple(others)

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.documents.documents)

    @cached_property
    def mentions_elsewhere(self) -> Mentions:
        """Those in documents that are not among ours."""
        ours = self.documents.documents
        return Mentions(
            {
                name: document
                for other in self._others
                for name, document in other.documents.items()
                if name not in ours
            }
        )

    def document(self, finding: Finding) -> Document:
        found = self.documents.documents.get(finding.source)
        if found is None:
            raise CannotFix("its document is not at hand")
        return found

    def value(self, finding: Finding, path: Path) -> Any:
        """The node at `path` of the finding's document."""
        try:
            return descend(self.document(finding).value, path)[0]
        except KeyError:
            raise CannotFix("there is no such place") from None


Located: TypeAlias = tuple[str, Change]
"""A change and the source of the document that it is about."""
Plan: TypeAlias = Callable[[Finding, Surroundings, Mapping[str, Any]], Iterable[Located]]
"""The changes that mend a finding, from valid options. Raises `CannotFix` where they would not."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a recipe can ask for. `options` is the JSON Schema of what it takes, an object."""

    options: Mapping[str, Any]
    plan: Plan
