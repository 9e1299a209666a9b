"""Deployments: where a major line of a contract is served in an environment, and how strictly it is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs
from sqlalchemy import select

from registry.domain import numbers
from registry.domain.access import Scope
from registry.domain.errors import Conflict, Invalid, NotFound
from registry.domain.parties import Deployment
from registry.store.tables import ContractRow, DeploymentRow, EnvironmentRow, VersionRow

from . import contracts
from .texts import cleaned
from .unit import Context

MODES = ("enforce", "monitor", "off")
ACCESS = ("key", "open")
QUERY = ("refuse", "allow")
SECURITY = ("verify", "form", "presence", "ignore")
BROWNOUT = (410, 503)
USUAL_MODES: Mapping[str, str] = {"request": "enforce", "response": "monitor"}
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*", re.ASCII)


def put(
    context: Context,
    contract: str,
    major: int,
    environment: str = "default",
    *,
    upstreams: Sequence[str],
    base_path: str | None = None,
    upstream_path: str = "",
    modes: Mapping[str, str] = USUAL_MODES,
    operations: Mapping[str, Mapping[str, str]] | None = None,
    access: str = "key",
    unknown_query: str = "refuse",
    security: str = "ignore",
    brownouts: Sequence[Mapping[str, Any]] = (),
    versions: Mapping[str, Mapping[str, Any]] | None = None,
    treatment: Mapping[str, Any] | None = None,
) -> Deployment:
    """Serves a line, or changes how it is served; the same again is a no-op.

    The base path is `/domain/name/vMAJOR` unless given. Raises `Conflict` where another contract has it,
    `NotFound` for an unknown contract, line or environment, `Invalid` for what no gateway could follow.
    """
    target = contracts.find(context, contract)
    context.actor.require(Scope.DEPLOYMENTS_WRITE, target.domain)
    line = (
        select(VersionRow.id).where(VersionRow.contract_id == target.id, VersionRow.major == major).limit(1)
    )
    if context.session.scalar(line) is None:
        raise NotFound("no-such-line", f"{contract} has no version {major}.x.", "Publish one first.")
    if context.session.get(EnvironmentRow, environment) is None:
        raise NotFound(
            "no-such-environment", f"There is no environment {environment[:100]!r}.", "Create it first."
        )
    facts = {
        "base_path": _path(base_path if base_path is not None else f"/{contract}/v{major}", "base path"),
        "upstreams": [_upstream(upstream) for upstream in upstreams],
        "upstream_path": _path(upstream_path, "upstream path"),
        "modes": {**USUAL_MODES, **_modes(modes)},
        "operations": {str(cleaned(key)): _modes(value) for key, value in (operations or {}).items()},
        "access": _one_of(access, ACCESS, "access"),
        "unknown_query": _one_of(unknown_query, QUERY, "unknown_query"),
        "security": _one_of(security, SECURITY, "security"),
        "brownouts": _timetable(brownouts),
        "versions": _versions(versions or {}),
        "treatment": _treatment(treatment or {}),
    }
    if not facts["upstreams"]:
        raise Invalid("no-upstream", "A deployment needs at least one upstream.", "Give its http(s) address.")
    row = _row(context, target, major, environment)
    if row is not None and all(getattr(row, key) == value for key, value in facts.items()):
        return _deployment(row, target)
    _free(context, environment, str(facts["base_path"]), row)
    if row is None:
        row = DeploymentRow(contract_id=target.id, major=major, environment=environment)
        context.session.add(row)
    for key, value in facts.items():
        setattr(row, key, value)
    row.updated_at = context.now
    context.session.flush()
    context.record("deployment.written", contract, major=major, environment=environment, **facts)
    context.touch_bundles()
    return _deployment(row, target)


def browse(
    context: Context, *, contract: str | None = None, environment: str | None = None
) -> tuple[Deployment, ...]:
    """Deployments by environment and base path, of one contract or environment or of all."""
    query = (
        select(DeploymentRow, ContractRow)
        .join(ContractRow, ContractRow.id == DeploymentRow.contract_id)
        .order_by(DeploymentRow.environment, DeploymentRow.base_path)
    )
    if contract is not None:
        query = query.where(DeploymentRow.contract_id == contracts.find(context, contract).id)
    if environment is not None:
        query = query.where(DeploymentRow.environment == environment)
    return tuple(_deployment(row, target) for row, target in context.session.execute(query))


def withdraw(context: Context, contract: str, major: int, environment: str = "default") -> None:
    """Stops serving a line. Raises `NotFound` where it is not served."""
    target = contracts.find(context, contract)
    context.actor.require(Scope.DEPLOYMENTS_WRITE, target.domain)
    row = _row(context, target, major, environment)
    if row is None:
        raise NotFound(
            "no-such-deployment", f"{contract} {major}.x is not served in {environment[:100]}.", ""
        )
    context.session.delete(row)
    context.session.flush()
    context.record("deployment.withdrawn", contract, major=major, environment=environment)
    context.touch_bundles()


def _free(context: Context, environment: str, base_path: str, own: DeploymentRow | None) -> None:
    query = (
        select(ContractRow)
        .join(DeploymentRow, DeploymentRow.contract_id == ContractRow.id)
        .where(DeploymentRow.environment == environment, DeploymentRow.base_path == base_path)
    )
    if own is not None:
        query = query.where(DeploymentRow.id != own.id)
    if (other := context.session.scalar(query)) is not None:
        raise Conflict(
            "base-path-taken",
            f"{base_path or '/'} is served by {other.identity}.",
            "Choose another base path.",
        )


def _row(context: Context, target: ContractRow, major: int, environment: str) -> DeploymentRow | None:
    return context.session.scalar(
        select(DeploymentRow).where(
            DeploymentRow.contract_id == target.id,
            DeploymentRow.major == major,
            DeploymentRow.environment == environment,
        )
    )


def _path(text: str, what: str) -> str:
    text = text.rstrip("/")
    if len(text) > 300 or not _PATH.fullmatch(text) or any(part in (".", "..") for part in text.split("/")):
        raise Invalid("invalid-path", f"{text[:100]!r} cannot be a {what}.", "Write it like /erp/orders/v1.")
    return text


def _upstream(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        good = False
    if (
        not good
        or parts.query
        or parts.fragment
        or parts.username
        or parts.path not in ("", "/")
        or len(text) > 500
    ):
        raise Invalid(
            "invalid-upstream",
            f"{text[:100]!r} is no upstream.",
            "Write http(s)://host:port; a path belongs into upstream_path.",
        )
    return f"{parts.scheme}://{parts.netloc}"


def _versions(given: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Upstreams by minor line or version."""
    found = {}
    for name, facts in given.items():
        upstreams = [_upstream(upstream) for upstream in facts.get("upstreams", ())]
        if not upstreams:
            raise Invalid(
                "no-upstream", f"The version {name[:40]} has no upstream.", "Give its http(s) address."
            )
        found[numbers.pin(name)] = {"upstreams": upstreams}
    return found


@cache
def _validator() -> jsonschema_rs.Validator:
    schema = json.loads((files("specs") / "upstream.schema.json").read_bytes())
    return jsonschema_rs.Draft202012Validator(schema, mask="value", offline=True)


def _treatment(given: Mapping[str, Any]) -> dict[str, Any]:
    error = next(_validator().iter_errors(given), None)
    if error is not None:
        place = ".".join(map(str, error.instance_path)) or "the whole"
        raise Invalid(
            "invalid-treatment",
            f"How the upstreams are to be treated is not well said at {place}: {error.message[:200]}",
            "docs/guides/upstreams.md shows what can be said.",
        )
    return dict(given)


def _modes(modes: Mapping[str, str]) -> dict[str, str]:
    for side in modes:
        _one_of(side, ("request", "response"), "side")
    return {side: _one_of(mode, MODES, "mode") for side, mode in modes.items()}


def _timetable(brownouts: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """In their order, in UTC, none within another."""
    found = []
    for entry in brownouts:
        starts, ends = (_moment(entry[name]) for name in ("starts_at", "ends_at"))
        if starts >= ends:
            raise Invalid(
                "invalid-brownout",
                f"A brownout would end at {ends}, before it starts.",
                "Turn the times around.",
            )
        status = entry.get("status", 503)
        if status not in BROWNOUT:
            raise Invalid(
                "invalid-brownout", f"{status!r} is no status of a brownout.", "Known are 410, 503."
            )
        found.append({"starts_at": starts, "ends_at": ends, "status": status})
    found.sort(key=lambda entry: entry["starts_at"])
    for first, second in pairwise(found):
        if second["starts_at"] < first["ends_at"]:
            raise Invalid(
                "invalid-brownout", f"Two brownouts overlap at {second['starts_at']}.", "Make them one."
            )
    return found


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid("invalid-time", f"{text[:40]!r} is no time.", "Write RFC 3339, with the zone.")
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _one_of(value: str, known: Sequence[str], what: str) -> str:
    if value not in known:
        raise Invalid(
            "invalid-deployment", f"{str(value)[:40]!r} is no {what}.", f"Known are {', '.join(known)}."
        )
    return value


def _deployment(row: DeploymentRow, target: ContractRow) -> Deployment:
    return Deployment(
        row.id,
        target.identity,
        row.major,
        row.environment,
        row.base_path,
        tuple(row.upstreams),
        row.upstream_path,
        row.modes,
        row.operations,
        row.access,
        row.unknown_query,
        row.security,
        tuple(row.brownouts),
        row.versions,
        row.treatment,
    )
