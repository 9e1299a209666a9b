"""A contract's documents, resolved without any I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from contracts.document import Document
from contracts.errors import ContractError, UnresolvableReference
from contracts.pointers import Path, descend, from_pointer

from .dynamic import DynamicAnchors
from .names import absolute, is_inside, is_uri, join, split
from .scan import Scan


class Located(NamedTuple):  # a tuple: hundreds of thousands are made for a large contract
    """A node and where it is really written."""

    value: Any
    source: str
    path: Path

    def child(self, key: str | int) -> Located:
        """The member or item `key`, which must exist."""
        return Located(self.value[key], self.source, (*self.path, key))


_DISGUISE = re.compile(rb"\\(?:u00|x|U0000|\r?\n)")
"""Escapes by which JSON and YAML may write a letter, or break a word in two."""


class DocumentSet:
    """The documents of one contract by name, and the references between them.

    `problems` are the references that do not resolve, each with source, line and pointer of the `$ref`.
    """

    __slots__ = (
        "_bases",
        "_dynamic",
        "_identifiers",
        "_lookups",
        "_mentioned",
        "_scans",
        "documents",
        "problems",
        "root",
    )

    def __init__(
        self,
        root: Document,
        documents: Mapping[str, Document],
        scans: Mapping[str, Scan],
        problems: Iterable[ContractError] = (),
    ) -> None:
        self.root = root
        self.documents = documents
        self.problems: tuple[ContractError, ...] = tuple(problems)
        self._scans = scans
        self._identifiers = {
            identifier: (name, path)
            for name, scan in scans.items()
            for identifier, path in scan.identifiers.items()
        }
        self._bases: dict[str, dict[Path, str]] = {}
        for identifier, (name, path) in self._identifiers.items():
            if path:  # a document's own name is no base: files keep finding each other
                self._bases.setdefault(name, {}).setdefault(path, identifier)
        self._lookups: dict[tuple[str, str], Located] = {}
        self._mentioned: dict[str, bool] = {}
        self._dynamic: DynamicAnchors | None = None

    def __contains__(self, name: str) -> bool:
        return name in self.documents

    def line(self, located: Located) -> int | None:
        """The one-based line of a node."""
        document = self.documents.get(located.source)
        return document.line(located.path) if document is not None else None

    def mentions(self, word: str) -> bool:
        """Whether a word of ASCII letters may stand anywhere in the text; False is certain.

        Where text holds escapes it may stand there in disguise.
        """
        known = self._mentioned.get(word)
        if known is None:
            texts = [document.content for document in self.documents.values()]
            known = any(word.encode() in text or _DISGUISE.search(text) for text in texts)
            self._mentioned[word] = known
        return known

    @property
    def top(self) -> Located:
        """The root document's root node."""
        return Located(self.root.value, self.root.source, ())

    def base_of(self, located: Located, *, within: bool = False) -> str:
        """The base that references count from: the node's document, or the nearest `$id` above it; `within` it also its own."""
        bases = self._bases.get(located.source)
        if bases:
            path = located.path
            for length in range(len(path) - (not within), 0, -1):
                if (found := bases.get(path[:length])) is not None:
                    return found
        return located.source

    @property
    def dynamic(self) -> DynamicAnchors:
        """The dynamic anchors of the whole set."""
        if self._dynamic is None:
            self._dynamic = DynamicAnchors(self._scans)
        return self._dynamic

    def resolve(self, reference: str, base: str) -> Located:
        """What a reference written in `base` finally stands for: chains of `$ref` are followed.

        Raises `UnresolvableReference` with code `reference-outside`, `reference-unresolved` or
        `reference-circular`.
        """
        located = self.lookup(reference, base)
        seen = {(located.source, located.path)}
        while isinstance(located.value, dict) and isinstance(located.value.get("$ref"), str):
            located = self.lookup(located.value["$ref"], self.base_of(located, within=True))
            if (located.source, located.path) in seen:
                raise _circular(reference, base)
            seen.add((located.source, located.path))
        return located

    def lookup(self, reference: str, base: str) -> Located:
        """One hop: the node that a reference names, which may itself be a `$ref`.

        `base` is the name of the document that it is written in, or the URI of an enclosing `$id`.
        """
        found = self._lookups.get((reference, base))
        if found is None:
            found = self._lookups[reference, base] = self._find(reference, base, frozenset())
        return found

    def locate(self, path: Path, source: str | None = None) -> Located:
        """Where the node at `path` of the resolved document is really written.

        Each `$ref` on the way is followed, and one at the end too where it stands alone. Where the path leads
        nowhere the result is its longest real beginning followed by the rest as given, with the value None.
        """
        here = self.top if source is None else Located(self.documents[source].value, source, ())
        for index, key in enumerate(path):
            if key != "$ref":
                here = self._through(here)
            try:
                _, (real,) = descend(here.value, (key,))
            except KeyError:
                return Located(None, here.source, (*here.path, *path[index:]))
            here = here.child(real)
        return self._through(here) if isinstance(here.value, dict) and len(here.value) == 1 else here

    def _through(self, located: Located) -> Located:
        """What a `$ref` stands for, or the node itself where it is none or cannot be followed."""
        if isinstance(located.value, dict) and isinstance(located.value.get("$ref"), str):
            try:
                return self.resolve(located.value["$ref"], self.base_of(located, within=True))
            except UnresolvableReference:
                return located
        return located

    def _find(self, reference: str, base: str, passed: frozenset[tuple[str, str]]) -> Located:
        if (reference, base) in passed:
            raise _circular(reference, base)
        name, fragment = split(reference)
        scope, document_name, start = self._target(name, reference, base)
        document = self.documents[document_name]
        if fragment and not fragment.startswith("/"):
            return self._anchor(unquote(fragment), scope, document_name, reference, base)
        top, _ = descend(document.value, start)
        try:
            return self._walk(Located(top, document_name, start), fragment, passed | {(reference, base)})
        except KeyError as error:
            if start:  # an `$id` was meant as a label only, and the pointer counts from the document's root
                try:
                    return self._walk(Located(document.value, document_name, ()), fragment, passed)
                except KeyError:
                    pass
            raise _unresolved(
                reference, base, f"{error.args[0]!r} is not in {document_name or 'the document'}"
            ) from None

    def _target(self, name: str, reference: str, base: str) -> tuple[str | None, str, Path]:
        """The `$id` scope, the document and the path in it from which a fragment counts."""
        identifier = absolute(name, base) if name else base
        if identifier in self._identifiers:
            document, path = self._identifiers[identifier]
            return identifier, document, path
        written_in = self._identifiers.get(base, (base, ()))[0]
        joined = join(name, written_in)
        if joined in self.documents:
            return None, joined, ()
        if identifier in self.documents:
            return None, identifier, ()
        scan = self._scans.get(written_in)
        if scan is not None and scan.own and base == written_in:
            # No file has this name; by the document's own name for itself it may be one of the set all the same.
            named = absolute(name, scan.own)
            if named in self._identifiers:
                return named, *self._identifiers[named]
            if named in self.documents:
                return None, named, ()
        raise _outside(reference, base, joined, self.root.source)

    def _walk(self, here: Located, fragment: str, passed: frozenset[tuple[str, str]]) -> Located:
        """Follows a pointer; where it leads through a `$ref`, follows that too."""
        for token in from_pointer("#" + fragment):
            while True:
                try:
                    _, (key,) = descend(here.value, (token,))
                    break
                except KeyError:
                    reference = here.value.get("$ref") if isinstance(here.value, dict) else None
                    if not isinstance(reference, str):
                        raise
                    base = self.base_of(here, within=True)
                    here = self._find(reference, base, passed)
                    passed = passed | {(reference, base)}
                    if len(passed) > 100:
                        raise
            here = here.child(key)
        return here

    def _anchor(self, anchor: str, scope: str | None, name: str, reference: str, base: str) -> Located:
        anchors = self._scans[name].anchors
        path = anchors.get((scope, anchor), anchors.get((None, anchor)))
        if path is None:
            raise _unresolved(reference, base, f"there is no anchor '{anchor}' in {name or 'the document'}")
        value, real = descend(self.documents[name].value, path)
        return Located(value, name, real)


def _circular(reference: str, base: str) -> UnresolvableReference:
    return UnresolvableReference(
        "reference-circular",
        f"The reference '{_shown(reference)}' leads back to itself.",
        base,
        advice="Let one of the references on the way hold the definition itself.",
    )


def _unresolved(reference: str, base: str, why: str) -> UnresolvableReference:
    return UnresolvableReference(
        "reference-unresolved",
        f"The reference '{_shown(reference)}' points at nothing: {why}.",
        base,
        advice="Correct the reference or add the missing definition.",
    )


def _outside(reference: str, base: str, joined: str, root: str) -> UnresolvableReference:
    if is_uri(joined):
        advice = (
            "Nothing is fetched from an address: bundle the document, or put a copy of that file beside it."
        )
    elif is_inside(joined, root):
        advice = f"Add the file '{joined}' to the contract."
    else:
        advice = "Only files in the contract's own folder and below are read: move or bundle the file."
    return UnresolvableReference(
        "reference-outside",
        f"The reference '{_shown(reference)}' leads outside the contract's files.",
        base,
        advice=advice,
    )


def _shown(reference: str) -> str:
    """A reference short enough to print."""
    return reference if len(reference) <= 200 else reference[:200] + "…"
