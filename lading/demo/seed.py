"""Writes the demonstration's landscape into a registry, through its services, as the owners would."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import specs
from registry.domain.access import EVERYWHERE, PERMISSIONS, SYSTEM, Actor, Role
from registry.domain.waivers import Request
from registry.services import (
    Registry,
    consumers,
    contracts,
    deployments,
    lifecycle,
    publishing,
    teams,
    waivers,
)
from registry.services.publishing import Proposal, Publication

from . import landscape
from .landscape import Published

ENVIRONMENT = "default"
_NOTICE = timedelta(days=30)


def is_seeded(registry: Registry) -> bool:
    """Whether a contract is there already, the demonstration's or anybody's."""
    with registry.unit.read(SYSTEM) as context:
        return contracts.count(context) > 0


def seed(registry: Registry, told: Callable[[str], None] = lambda _: None) -> None:
    """Teams, systems, contracts with their history, consumers; one version retiring, one proposal refused.

    `told` is called with each step's words, for a progress line.
    """
    told("teams, domains and systems")
    _parties(registry)
    for published in landscape.HISTORY:
        told(f"publishing {published.contract} {published.version}")
        done = publishing.publish(registry, SYSTEM, _proposal(published))
        if done.status == "refused":
            # What we ship passes our own gate; a test says so, and a demonstration without it would lie.
            raise RuntimeError(f"{published.contract} {published.version} was refused: {done.run}")
    told(f"proposing {landscape.PROPOSAL.contract} {landscape.PROPOSAL.version}")
    refused = publishing.publish(registry, SYSTEM, _proposal(landscape.PROPOSAL))
    told("a waiver that is granted, and one that waits")
    _waivers(registry, refused)
    told("consumers and subscriptions")
    _retire(registry)
    _applications(registry)


def serve(registry: Registry, upstreams: Mapping[str, str]) -> None:
    """Says where each line is served from. `upstreams` maps a simulated upstream's name to its address."""
    with registry.unit(SYSTEM) as context:
        for served in landscape.DEPLOYMENTS:
            deployments.put(
                context,
                served.contract,
                served.major,
                ENVIRONMENT,
                upstreams=[upstreams[served.upstream]],
                base_path=served.base_path,
                modes={"request": served.request, "response": served.response},
            )


def issue_keys(registry: Registry) -> dict[str, str]:
    """A new key for each application, in place of the last run's, whose text nobody has kept."""
    keys = {}
    with registry.unit(SYSTEM) as context:
        for name in landscape.APPLICATIONS:
            for old in consumers.get(context, name).credentials:
                if old.label == "demonstration" and old.revoked_at is None:
                    consumers.revoke_key(context, name, old.id)
            keys[name] = consumers.issue_key(context, name, label="demonstration").text
    return keys


def _proposal(published: Published) -> Proposal:
    path = specs.path(published.spec)
    return Proposal(
        contract=published.contract,
        files={path.name: path.read_bytes()},
        root=path.name,
        version=published.version,
        owner=published.owner,
        system=published.system,
    )


def _parties(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        teams.put_environment(context, ENVIRONMENT)
        for name, (title, email) in landscape.TEAMS.items():
            teams.put_team(context, name, title=title, email=email)
        for name, (title, description) in landscape.DOMAINS.items():
            teams.put_domain(context, name, title=title, description=description)
        for name, system in landscape.SYSTEMS.items():
            teams.put_system(context, name, title=system.title, kind=system.kind, owner=system.owner)
        for name, (limit, window, burst) in landscape.PLANS.items():
            teams.put_plan(context, name, limit=limit, window=window, burst=burst)


def _retire(registry: Registry) -> None:
    contract, version, replacement = landscape.RETIRING
    with registry.unit(SYSTEM) as context:
        lifecycle.deprecate(
            context, contract, version, sunset_at=_sunset(context.now), replacement=replacement
        )


def _waivers(registry: Registry, refused: Publication) -> None:
    assert refused.run is not None
    changes = refused.run.result["comparison"]["changes"]
    breaking = [one["fingerprint"] for one in changes if one["verdict"] == "breaking"]
    contract = landscape.PROPOSAL.contract
    architect = Actor("person", landscape.ARCHITECT, grants={EVERYWHERE: PERMISSIONS[Role.ARCHITECT]})
    for one, change in zip(landscape.WAIVERS, breaking, strict=False):
        owner = Actor("person", one.owner, grants={EVERYWHERE: PERMISSIONS[Role.OWNER]})
        with registry.unit(owner) as context:
            until = context.now.date() + timedelta(days=one.days)
            asked = Request(contract, one.reason, until, change=change)
            made = waivers.request(context, asked, longest=registry.settings.longest_waiver)
        if one.granted:
            with registry.unit(architect) as context:
                waivers.grant(context, made.id, reason=one.granted)


def _sunset(now: datetime) -> datetime:
    """The day that the shipped contract states, while that lies far enough ahead."""
    stated = datetime(2027, 3, 31, tzinfo=now.tzinfo)
    return stated if stated - now > _NOTICE else now + 3 * _NOTICE


def _applications(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        for name, application in landscape.APPLICATIONS.items():
            consumers.create(
                context, name, title=application.title, owner=application.owner, contact=application.contact
            )
            for contract, major in application.subscriptions:
                consumers.subscribe(context, name, contract, major)
