"""Bundles: what the gateways of an environment run from, compiled when something they need has changed.

The format is `specs/bundle.schema.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
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
    content = {
        "environment": environment,
        "contracts": _contracts(context, environment),
        "consumers": _consumers(context),
        "plans": _plans(context),
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


def _contracts(context: Context, environment: str) -> list[dict[str, Any]]:
    rows = context.session.execute(
        select(DeploymentRow, ContractRow)
        .join(ContractRow, ContractRow.id == DeploymentRow.contract_id)
        .where(DeploymentRow.environment == environment)
        .order_by(ContractRow.domain, ContractRow.name, DeploymentRow.major)
    ).all()
    served = {(deployment.contract_id, deployment.major) for deployment, _ in rows}
    paths = {(contract.identity, deployment.major): deployment.base_path for deployment, contract in rows}
    newest = _newest(context, {contract for contract, _ in served})
    files = _files(context, [version.id for key, version in newest.items() if key in served])
    return [
        _contract(deployment, contract, version, files[version.id], _successor(version, paths))
        for deployment, contract in rows
        if (version := newest.get((deployment.contract_id, deployment.major))) is not None
    ]


def _newest(context: Context, contracts: set[int]) -> dict[tuple[int, int], VersionRow]:
    """The highest version of each line: a live one if there is one, else the highest retired one."""
    newest: dict[tuple[int, int], VersionRow] = {}
    rows = context.session.scalars(
        select(VersionRow)
        .where(VersionRow.contract_id.in_(contracts), VersionRow.state != str(State.DRAFT))
        .order_by(VersionRow.position.desc(), VersionRow.id.desc())
    )
    for row in rows:
        best = newest.setdefault((row.contract_id, row.major), row)
        if best.state not in LIVE and row.state in LIVE:
            newest[row.contract_id, row.major] = row
    return newest


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
        "deprecated_at": _time(version.deprecated_at),
        "sunset_at": _time(version.sunset_at),
        "replacement": version.replacement,
        "replacement_url": successor,
    }


def _consumers(context: Context) -> list[dict[str, Any]]:
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
            }
        )
    return [
        {"id": row.id, "name": row.name, "keys": keys[row.id], "subscriptions": subscriptions[row.id]}
        for row in context.session.scalars(select(ConsumerRow).order_by(ConsumerRow.name))
    ]


def _plans(context: Context) -> dict[str, dict[str, int]]:
    rows = context.session.scalars(select(PlanRow).order_by(PlanRow.name))
    return {row.name: {"limit": row.limit, "window": row.window, "burst": row.burst} for row in rows}


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
