"""A fix: what it is called, what it means, and the text edits that carry it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from contracts.document import Document, parse
from contracts.errors import ContractError
from contracts.references import DocumentSet
from linters.lint import Finding

from .action import Located
from .changes import Change, applied
from .edits import CannotFix, Edit, Taken, edited
from .page import Page
from .recipes import Level
from .typesetting import edits as edits_of

_BOM = b"\xef\xbb\xbf"

Edits: TypeAlias = Mapping[str, tuple[Edit, ...]]
"""Text edits by the source of the document that they are made in."""


@dataclass(frozen=True, slots=True)
class Fix:
    """`title` is a command: `Write it in kebab-case`. Its edits are made together or not at all."""

    title: str
    level: Level
    finding: Finding
    changes: tuple[Located, ...]
    edits: Edits


class Batch:
    """Fixes that can be made in one go."""

    def __init__(self) -> None:
        self.fixes: list[Fix] = []
        self._taken: dict[str, Taken] = defaultdict(Taken)

    def add(self, fix: Fix) -> bool:
        """Takes a fix in, unless it meets another one."""
        if any(self._taken[source].meets(edits) for source, edits in fix.edits.items()):
            return False
        for source, edits in fix.edits.items():
            self._taken[source].take(edits)
        self.fixes.append(fix)
        return True


def typeset(changes: Iterable[Located], pages: Mapping[str, Page]) -> Edits:
    """The edits that carry out changes. Raises `CannotFix` where they are not possible, or get into each other's way."""
    found: dict[str, list[Edit]] = defaultdict(list)
    for source, change in changes:
        for edit in edits_of(pages[source], change):
            if any(edit.start < other.end and other.start < edit.end for other in found[source]):
                raise CannotFix("its parts are written over each other")
            found[source].append(edit)
    return {source: tuple(sorted(edits)) for source, edits in found.items()}


def carried_out(documents: DocumentSet, fixes: Iterable[Fix]) -> dict[str, bytes]:
    """The new contents of the documents that fixes change, which must not meet.

    Each new text was parsed again, and its value is the old one with the intended changes and no other. Raises
    `CannotFix` where it is not.
    """
    fixes = list(fixes)
    changes: dict[str, list[Change]] = defaultdict(list)
    for source, change in chain.from_iterable(fix.changes for fix in fixes):
        changes[source].append(change)
    made = {}
    for source, intended in changes.items():
        document = documents.documents[source]
        edits = [edit for fix in fixes for edit in fix.edits.get(source, ())]
        made[source] = _checked(document, edits, intended)
    return made


def _checked(document: Document, edits: list[Edit], intended: list[Change]) -> bytes:
    content = edited(document.text, edits).encode()
    if document.content.startswith(_BOM):
        content = _BOM + content
    try:
        value = parse(content, document.source).value
    except ContractError as error:
        raise CannotFix(f"the text would be broken: {error.message}") from None
    # Unlike ==, the representation tells apart 1, 1.0 and true, and one order of keys from another.
    if repr(value) != repr(applied(document.value, intended)):
        raise CannotFix("it would change more than what is meant, as where an alias repeats it")
    return content
