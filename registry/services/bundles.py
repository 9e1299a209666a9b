"""Bundles: what the gateways of an environment run from, compiled when something they need has changed.

The format is `specs/bundle.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from registry.domain import names, numbers
from registry.domain.access import Actor, Scope
from registry.domain.contracts import LIVE, State
from registry.domain.errors import NotFound
from registry.store.tables import (
    BundleRow,
    ConsumerRow,
    ContractRow,
    CredentialRow,
    DeploymentRow,
    EnvironmentRow,
    HeadRow,
    PlanRow,
    SubscriptionRow,
    VersionFileRow,
    VersionRow,
)

from .signing import Signer
from .unit import Context, UnitOfWork

FORMAT = "lading-bundle/1"


@dataclass(frozen=True, slots=True)
class Bundle:
    """`manifest` is the JSON text that `jws` signs; `id` is its ETag."""

    environment: str
    id: str
    serial: int
    manifest: str
    jws: str


def current(unit: UnitOfWork, signer: Signer, actor: Actor, environment: str) -> Bundle:
    """The environment's bundle, compiled anew only where something was written since.

    Raises `NotFound` for an unknown environment.
    """
    with unit.read(actor) as context:
        _known(context, environment)
        row = context.session.get(BundleRow, environment)
        if row is not None and row.revision == _revision(context):
            return _signed(row, signer)
    with unit(actor) as context:
        return _signed(compile(context, environment), signer)


def revision(unit: UnitOfWork, actor: Actor) -> int:
    """A number that grows with every write that gateways need to know of; cheap to ask."""
    with unit.read(actor) as context:
        return _revision(context)


def compile(context: Context, environment: str) -> BundleRow:
    """Writes the environment's bundle. Its serial and id stay where its content does."""
    context.actor.require(Scope.BUNDLES_READ)
    _known(context, environment)
    # Whoever compiles at the same moment waits here, and then finds the row. The revision is read before the
    # content: what is written in between leads to one compilation too many, and never to one too few.
    context.session.execute(
        select(EnvironmentRow).where(EnvironmentRow.name == environment).with_for_update()
    )
    seen = _revision(context)
    contracts, pinned, pins = _contracts(context, environment)
    content = {
        "environment": environment,
        "contracts": contracts,
        "consumers": _consumers(context, pins),
        "plans": _plans(context),
        "pinned": pinned,
    }
    identifier = "sha256:" + hashlib.sha256(_canonical(content).encode()).hexdigest()
    row = context.session.get(BundleRow, environment, populate_existing=True)
    if row is None:
        row = BundleRow(environment=environment, serial=0, id="")
    row.revision = seen
    if row.id != identifier:
        row.id, row.serial, row.created_at = identifier, row.serial + 1, context.now
        head = {"format": FORMAT, "id": row.id, "serial": row.serial, "created_at": _time(row.created_at)}
        row.manifest = _canonical({**head, **content})
    context.session.add(row)
    context.session.flush()
    return row


def _contracts(
    context: Context, environment: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[tuple[str, int, str], str]]:
    """Entries of the lines, entries of versions that consumers are pinned to, and the version of each pin."""
    rows = context.session.execute(
        select(DeploymentRow, ContractRow)
        .join(ContractRow, ContractRow.id == DeploymentRow.contract_id)
        .where(DeploymentRow.environment == environment)
        .order_by(ContractRow.domain, ContractRow.name, DeploymentRow.major)
    ).all()
    served = {(deployment.contract_id, deployment.major) for deployment, _ in rows}
    paths = {(contract.identity, deployment.major): deployment.base_path for deployment, contract in rows}
    versions = _versions(context, {contract for contract, _ in served})
    newest = {line: best for line, held in versions.items() if (best := _best(held)) is not None}
    pins = _pins(context)
    pinned: dict[int, tuple[DeploymentRow, ContractRow, VersionRow]] = {}
    resolved: dict[tuple[str, int, str], str] = {}
    for deployment, contract in rows:
        line = (deployment.contract_id, deployment.major)
        for pin in pins.get(line, ()):
            best = _best([each for each in versions.get(line, ()) if numbers.pinned(pin, each.version)])
            if best is not None:
                resolved[contract.identity, deployment.major, pin] = best.version
                if best is not newest[line]:
                    pinned[best.id] = (deployment, contract, best)
    files = _files(context, [*(newest[key].id for key in served if key in newest), *pinned])
    entries = [
        _contract(deployment, contract, version, files[version.id], _successor(version, paths))
        for deployment, contract in rows
        if (version := newest.get((deployment.contract_id, deployment.major))) is not None
    ]
    others = [
        {
            **_contract(deployment, contract, version, files[version.id], _successor(version, paths)),
            "upstreams": _upstreams(deployment, version),
        }
        for deployment, contract, version in pinned.values()
    ]
    return entries, others, resolved


def _versions(context: Context, contracts: set[int]) -> dict[tuple[int, int], list[VersionRow]]:
    """The versions of each line that are no drafts, the highest first."""
    found: defaultdict[tuple[int, int], list[VersionRow]] = defaultdict(list)
    rows = context.session.scalars(
        select(VersionRow)
        .where(VersionRow.contract_id.in_(contracts), VersionRow.state != str(State.DRAFT))
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
    )
    for row in rows:
        found[row.contract_id, row.major].append(row)
    return found


def _best(versions: Sequence[VersionRow]) -> VersionRow | None:
    """The highest version: a live one if there is one, else the highest retired one."""
    live = next((each for each in versions if each.state in LIVE), None)
    return live or next(iter(versions), None)


def _pins(context: Context) -> dict[tuple[int, int], list[str]]:
    """What consumers are pinned to, by line."""
    found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    rows = context.session.execute(
        select(SubscriptionRow.contract_id, SubscriptionRow.major, SubscriptionRow.pin)
        .where(SubscriptionRow.ended_at.is_(None), SubscriptionRow.pin.is_not(None))
        .distinct()
        .order_by(SubscriptionRow.pin)
    )
    for contract, major, pin in rows:
        found[contract, major].append(pin)
    return found


def _upstreams(deployment: DeploymentRow, version: VersionRow) -> list[str]:
    """Where a version runs: an address of its own, of its minor line, or that of the whole line."""
    own = deployment.versions.get(version.version)
    minor = next(
        (held for pin, held in deployment.versions.items() if numbers.pinned(pin, version.version)), None
    )
    found: list[str] = (own or minor or {}).get("upstreams", deployment.upstreams)
    return found


def _files(context: Context, ids: list[int]) -> dict[int, dict[str, str]]:
    files: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = context.session.scalars(
        select(VersionFileRow).where(VersionFileRow.version_id.in_(ids)).order_by(VersionFileRow.name)
    )
    for row in rows:
        files[row.version_id][row.name] = row.digest
    return files


def _successor(version: VersionRow, paths: Mapping[tuple[str, int], str]) -> str | None:
    """Where callers find what replaces a version: the path that its line is served at beside it."""
    if version.replacement is None:
        return None
    identity, number = names.reference(version.replacement)
    known = numbers.lenient(number or "")
    return paths.get((identity, known.major)) if known else None


def _contract(
    deployment: DeploymentRow,
    contract: ContractRow,
    version: VersionRow,
    files: dict[str, str],
    successor: str | None,
) -> dict[str, Any]:
    return {
        "contract": contract.identity,
        "version": version.version,
        "state": version.state,
        "root": version.root,
        "files": files,
        "base_path": deployment.base_path,
        "upstreams": deployment.upstreams,
        "upstream_path": deployment.upstream_path,
        "modes": deployment.modes,
        "operations": deployment.operations,
        "access": deployment.access,
        "unknown_query": deployment.unknown_query,
        "security": deployment.security,
        "brownouts": deployment.brownouts,
        **({"treatment": deployment.treatment} if deployment.treatment else {}),
        "deprecated_at": _time(version.deprecated_at),
        "sunset_at": _time(version.sunset_at),
        "replacement": version.replacement,
        "replacement_url": successor,
    }


def _consumers(context: Context, pins: Mapping[tuple[str, int, str], str]) -> list[dict[str, Any]]:
    keys: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for key in context.session.scalars(
        select(CredentialRow).where(CredentialRow.revoked_at.is_(None)).order_by(CredentialRow.id)
    ):
        keys[key.consumer_id].append(
            {"id": key.id, "sha256": key.sha256, "expires_at": _time(key.expires_at)}
        )
    subscriptions: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = context.session.execute(
        select(SubscriptionRow, ContractRow)
        .join(ContractRow, ContractRow.id == SubscriptionRow.contract_id)
        .where(SubscriptionRow.ended_at.is_(None))
        .order_by(ContractRow.domain, ContractRow.name, SubscriptionRow.major)
    )
    for row, contract in rows:
        subscriptions[row.consumer_id].append(
            {
                "contract": contract.identity,
                "major": row.major,
                "plan": row.plan,
                **({"extended_until": _time(row.extended_until)} if row.extended_until else {}),
                # A pin without a version stands as it is, and refuses: nothing says what to hold calls against.
                **(
                    {"version": pins.get((contract.identity, row.major, row.pin), row.pin)} if row.pin else {}
                ),
            }
        )
    return [
        {"id": row.id, "name": row.name, "keys": keys[row.id], "subscriptions": subscriptions[row.id]}
        for row in context.session.scalars(select(ConsumerRow).order_by(ConsumerRow.name))
    ]


def _plans(context: Context) -> dict[str, dict[str, Any]]:
    rows = context.session.scalars(select(PlanRow).order_by(PlanRow.name))
    return {
        row.name: {
            "limit": row.limit,
            "window": row.window,
            "burst": row.burst,
            **({"quota": row.quota} if row.quota else {}),
        }
        for row in rows
    }


def _known(context: Context, environment: str) -> None:
    if context.session.get(EnvironmentRow, environment) is None:
        raise NotFound(
            "no-such-environment", f"There is no environment {environment[:100]!r}.", "Create it first."
        )


def _revision(context: Context) -> int:
    return int(context.session.scalars(select(HeadRow.value).where(HeadRow.name == "bundles")).one())


def _signed(row: BundleRow, signer: Signer) -> Bundle:
    return Bundle(row.environment, row.id, row.serial, row.manifest, signer.sign(row.manifest.encode()))


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")
