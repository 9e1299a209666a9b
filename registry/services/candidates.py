"""A candidate: files that somebody wants to publish, read and described, and not yet judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts import model, references
from contracts.errors import UnresolvableReference
from contracts.kinds import specification_of
from contracts.limits import DEFAULT, Limits
from contracts.model import EventApi, HttpApi
from contracts.references import DocumentSet
from registry.domain.contracts import Element, Kind, digest, set_digest

from .describing import describe
from .texts import clean


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """`stated` is what `info.version` says. Only files that the root needs are kept; `digest` covers them."""

    root: str
    files: Mapping[str, bytes]
    digests: Mapping[str, str]
    digest: str
    kind: Kind
    specification: str
    title: str
    description: str
    stated: str
    operations: int
    elements: tuple[Element, ...]
    documents: DocumentSet
    api: HttpApi | EventApi


def read(files: Mapping[str, bytes], root: str, *, limits: Limits = DEFAULT) -> Candidate:
    """Raises `contracts.errors.ContractError`, with the place, for what cannot be read at all.

    References that lead nowhere do not keep a candidate from being read; the gate speaks about them. Nothing
    outside `files` is read.
    """
    if root not in files:
        raise UnresolvableReference(
            "no-root", f"The root {root!r} is not among the files.", root, advice=_root_advice(files)
        )
    documents = references.from_files(files, root, limits=limits)
    specification = specification_of(documents.root)
    api = model.build(documents)
    used = {name: files[name] for name in files if name == root or name in documents.documents}
    digests = {name: digest(data) for name, data in used.items()}
    elements = describe(api)
    return Candidate(
        root,
        used,
        digests,
        set_digest(root, digests),
        Kind(specification.kind),
        clean(str(specification), 40),
        clean(str(api.title), 300),
        clean(str(api.description), 100_000),
        str(api.version),
        sum(element.kind in ("operation", "channel") for element in elements),
        elements,
        documents,
        api,
    )


def _root_advice(files: Mapping[str, bytes]) -> str:
    few = ", ".join(sorted(files)[:5])
    return f"Sent were: {few}." if few else "Send at least one file."
