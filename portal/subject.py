"""The contract that a page speaks of, with the version that is shown and the frame around its tabs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contracts.model import EventApi, HttpApi
from registry.domain.contracts import Contract, State, Version, VersionSummary
from registry.domain.errors import NotFound
from registry.services import contracts, versions

from . import links, milestones
from .milestones import Mark
from .reading.trees import Node
from .view import View

MOST_VERSIONS = 100


@dataclass(frozen=True, slots=True)
class Tab:
    word: str
    address: str
    here: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """`version` is None for a contract that nobody has published yet. `pinned` says that the address names the version."""

    contract: Contract
    version: Version | None
    versions: tuple[VersionSummary, ...]
    pinned: bool
    marks: tuple[Mark, ...]
    tabs: tuple[Tab, ...]

    @property
    def summary(self) -> VersionSummary | None:
        """The line of the shown version in the list of versions."""
        shown = self.version.version if self.version else None
        return next((each for each in self.versions if each.version == shown), None)

    @property
    def shown(self) -> str:
        """What addresses of this page's version carry; empty for the latest."""
        return self.version.version if self.pinned and self.version else ""


def load(view: View, here: str) -> Subject:
    """The contract that the address names. Raises `NotFound`."""
    identity = f"{view.part('domain')}/{view.part('name')}"
    contract = contracts.get(view.context, identity)
    page = versions.browse(view.context, identity, limit=MOST_VERSIONS)
    wanted = view.query("version")
    version = _version(view, contract, page.items, wanted)
    view.trail = (*view.trail, (identity, links.contract(identity))) if here != "Overview" else view.trail
    view.title = here if here != "Overview" else identity
    marks = milestones.marks(version, view.now, version.retired_at) if version else ()
    return Subject(
        contract, version, page.items, bool(wanted), marks, _tabs(contract, page.items, version, wanted, here)
    )


def api(view: View, version: Version) -> HttpApi | EventApi:
    """The model of a version, from the library or built now."""
    return view.library.read(version.digest, version.root, lambda: versions.files(view.context, version))


def elsewhere(about: Subject) -> Callable[[Node], str]:
    """Where a part of a tree that is not drawn can be read."""

    def address(node: Node) -> str:
        origin = node.origin
        return links.contract(
            about.contract.identity,
            "schema",
            version=about.shown,
            source=origin.source,
            pointer=links.pointer(origin),
        )

    return address


def required(subject: Subject) -> Version:
    """The shown version. Raises `NotFound` for a contract without any."""
    if subject.version is None:
        raise NotFound(
            "nothing-published",
            f"{subject.contract.identity} has no version yet.",
            "Publish one: upload it, or run `lading publish`.",
        )
    return subject.version


def _version(view: View, contract: Contract, listed: Sequence[VersionSummary], wanted: str) -> Version | None:
    if wanted:
        return versions.get(view.context, contract.identity, wanted)
    if contract.latest is not None:
        return versions.get(view.context, contract.identity, contract.latest.version)
    best = next((each for each in listed if each.state == State.RETIRED), listed[0] if listed else None)
    return versions.get(view.context, contract.identity, best.version) if best else None


def _tabs(
    contract: Contract, listed: Sequence[VersionSummary], version: Version | None, wanted: str, here: str
) -> tuple[Tab, ...]:
    summary = next((each for each in listed if version and each.version == version.version), None)
    findings = (
        (summary.errors or 0) + (summary.warnings or 0) if summary and summary.errors is not None else None
    )
    several = (
        ("Overview", (), None),
        ("Reference", ("reference",), None),
        ("Findings", ("findings",), findings),
        ("Versions", ("versions",), contract.versions),
        ("Callers", ("callers",), None),
        ("Drift", ("drift",), None),
    )
    return tuple(
        Tab(word, links.contract(contract.identity, *parts, version=wanted), word == here, count)
        for word, parts, count in several
    )
