"""Putting a set of documents together by following the references in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from contracts.document import Document, parse
from contracts.errors import ContractError, LimitExceeded, UnresolvableReference
from contracts.limits import DEFAULT, Limits
from contracts.pointers import to_pointer

from .documents import DocumentSet
from .names import absolute, is_inside, is_uri, join, split
from .scan import Mention, Scan, scan

Retrieve: TypeAlias = Callable[[str], bytes]
"""Gives the content of a document by its joined name (a path below the set's folder, or a URI).

Raises `ContractError` with code `reference-outside` for what it will not read.
"""

_PROBLEMS = 500
"""How many unresolvable references are told one by one."""


def from_files(
    files: Mapping[str, bytes], root: str, *, limits: Limits = DEFAULT, like: Document | None = None
) -> DocumentSet:
    """The set that `root` opens, with nothing read beyond `files` (their names relative to the set's folder).

    `like` is another version of the root that was read before.

    Raises what `parse` raises for the root, and `LimitExceeded`. A broken file that is only referenced is
    a problem of the set.
    """
    if root not in files:
        raise ContractError(
            "no-such-file",
            f"The contract's main file '{root}' is not among its files.",
            root,
            advice="Name one of: " + ", ".join(sorted(files)[:5]) + ".",
        )

    def retrieve(name: str) -> bytes:
        if name not in files:
            raise UnresolvableReference("reference-outside", "", name)
        return files[name]

    return load(parse(files[root], root, limits=limits, like=like), retrieve, limits=limits)


def load(root: Document, retrieve: Retrieve | None = None, *, limits: Limits = DEFAULT) -> DocumentSet:
    """The set of `root` and all that it references, directly or not.

    `retrieve` is asked for names inside the root's folder and for URIs; without it every reference to
    another document is a problem. Raises `LimitExceeded` for too many files or references.
    """
    return _Loader(root, retrieve, limits).load()


class _Loader:
    """What is known while the documents come in."""

    def __init__(self, root: Document, retrieve: Retrieve | None, limits: Limits) -> None:
        self._root = root
        self._retrieve = retrieve
        self._limits = limits
        self._documents: dict[str, Document] = {}
        self._scans: dict[str, Scan] = {}
        self._refused: dict[str, ContractError] = {}
        self._waiting = [root]

    def load(self) -> DocumentSet:
        while self._waiting:
            self._take(self._waiting.pop(0))
        found = DocumentSet(self._root, self._documents, self._scans)
        found.problems = tuple(self._problems(found))
        return found

    def _take(self, document: Document) -> None:
        name = document.source
        self._documents[name] = document
        self._scans[name] = written = scan(document.value, name)
        if sum(len(one.references) for one in self._scans.values()) > self._limits.references:
            raise LimitExceeded(
                "too-many-references",
                f"The contract holds more than {self._limits.references:,} references.",
                name,
                advice="Split the contract, or raise the limit 'references'.",
            )
        wanted = {(split(mention.reference)[0], mention.scope or name) for mention in written.references}
        for reference, base in sorted(wanted):
            target = join(reference, base)
            self._fetch(target, written)
            if target in self._refused and written.own and base == name:
                self._fetch(absolute(reference, written.own), written)

    def _fetch(self, name: str, referrer: Scan) -> None:
        if (
            name in self._documents
            or name in self._refused
            or name in referrer.identifiers
            or self._retrieve is None
        ):
            return
        if any(document.source == name for document in self._waiting):
            return
        if not is_uri(name) and not is_inside(name, self._root.source):
            return
        if len(self._documents) + len(self._waiting) >= self._limits.files:
            raise LimitExceeded(
                "too-many-files",
                f"The contract consists of more than {self._limits.files:,} files.",
                name,
                advice="Bundle the contract into fewer files, or raise the limit 'files'.",
            )
        try:
            self._waiting.append(parse(self._retrieve(name), name, limits=self._limits))
        except ContractError as error:
            self._refused[name] = error

    def _problems(self, found: DocumentSet) -> list[ContractError]:
        problems: list[ContractError] = []
        known: dict[tuple[str, str], ContractError | None] = {}
        for name, written in self._scans.items():
            for mention in written.references:
                key = (mention.reference, mention.scope or name)
                if key not in known:
                    known[key] = self._problem(found, *key)
                error = known[key]
                if error is not None:
                    problems.append(_placed(error, self._documents[name], mention))
                    if len(problems) >= _PROBLEMS:
                        return problems
        return problems

    def _problem(self, found: DocumentSet, reference: str, base: str) -> ContractError | None:
        try:
            found.resolve(reference, base)
        except UnresolvableReference as error:
            refused = self._refused.get(join(split(reference)[0], base))
            if refused is None or not refused.message:
                return error
            if refused.code.startswith("reference-"):
                return replace(error, message=refused.message, advice=refused.advice or error.advice)
            return UnresolvableReference(
                "reference-unreadable",
                f"The referenced file '{refused.source}' cannot be read: {refused.message}",
                advice=f"See {refused.place}. {refused.advice}".strip(),
            )
        return None


def _placed(error: ContractError, document: Document, mention: Mention) -> ContractError:
    """The error as seen from the reference that caused it."""
    return replace(
        error, source=document.source, line=document.line(mention.path), pointer=to_pointer(mention.path)
    )
