"""What the gate is asked: a candidate, what came before it, and facts about who uses it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from contracts.errors import ContractError
from contracts.model import EventApi, HttpApi
from linters.lint import Finding, Ruleset
from linters.suppression import Waiver

from .approvals import Approval

Api = HttpApi | EventApi


@dataclass(frozen=True, slots=True)
class Caller:
    """A consumer of the contract. `operations` are keys that it was seen to call; None is not known."""

    name: str
    operations: frozenset[str] | None = None
    calls: int = 0


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Where the line of versions that the candidate belongs to stands in its life."""

    state: str = "published"
    """`draft`, `published`, `deprecated` or `retired`, of the base."""
    deprecated_at: date | None = None
    sunset_at: date | None = None
    replacement: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """A version before the base. `api` is None where it could not be read."""

    version: str
    api: Api | None


@dataclass(frozen=True, slots=True, eq=False)
class GateRequest:
    """Everything that the gate weighs. What is None is not known, and a check that needs it is unchecked.

    `version` is the one to be published, where it is not what the document says. `is_first` says that there
    is nothing published before; otherwise a missing base is one that could not be had. `findings` are the
    lint's, or a `ruleset` to find them with. `problems` are the validity check's.
    """

    candidate: Api
    base: Api | None = None
    base_version: str | None = None
    version: str | None = None
    is_first: bool = False
    history: tuple[str, ...] = ()
    findings: tuple[Finding, ...] | None = None
    ruleset: Ruleset | None = None
    problems: tuple[ContractError, ...] | None = None
    lifecycle: Lifecycle | None = None
    callers: tuple[Caller, ...] | None = None
    today: date | None = None
    earlier: tuple[Earlier, ...] | None = None
    """Versions before the base, the newest first, that the candidate is held against too."""
    waivers: tuple[Waiver, ...] = ()
    approvals: tuple[Approval, ...] = ()
    rules: frozenset[str] = frozenset()
    """Codes of rules that there are beside the ruleset's, so that an ignore of one is no mistake."""


def contents(api: Api) -> tuple[bytes, list[bytes]]:
    """A document's bytes and those of its parts, whatever their names."""
    root, parts = api.documents.root, api.documents.documents.values()
    return root.content, sorted(one.content for one in parts if one.source != root.source)
