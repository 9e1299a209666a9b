"""How each thing looks in an answer. The shapes are those of `specs/lading.openapi.yaml`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from registry.domain.access import AuditEntry, MachineToken, Person
from registry.domain.contracts import Contract, Element, Version, VersionSummary
from registry.domain.parties import Consumer, Credential, Deployment, Subscription
from registry.domain.reports import DiffReport, GateRun, LintReport
from registry.domain.traffic import Caller, Drift, Shadow, Violation, Zombie
from registry.domain.waivers import Waiver
from registry.services.catalogue import Hit

Json = dict[str, Any]


def fields(value: Any) -> Json:
    """A value whose shape is its fields."""
    return asdict(value)


def contract(one: Contract) -> Json:
    return {
        "contract": one.identity,
        "kind": one.kind,
        "title": one.title,
        "description": one.description,
        "owner": one.owner,
        "system": one.system,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "versions": one.versions,
        "latest": None if one.latest is None else summary(one.latest),
    }


def summary(one: VersionSummary) -> Json:
    return _without(asdict(one), "id")


def version(one: Version) -> Json:
    return _without(asdict(one), "id")


def element(one: Element) -> Json:
    return {"kind": one.kind, "key": one.key, "title": one.title, "deprecated": one.deprecated}


def hit(one: Hit) -> Json:
    return {
        "contract": one.contract.identity,
        "contract_title": one.contract.title,
        "kind": one.kind,
        "key": one.key,
        "title": one.title,
    }


def lint_report(one: LintReport) -> Json:
    return _without({**asdict(one), "total": one.total}, "id", "version_id")


def diff_report(one: DiffReport) -> Json:
    return _without(asdict(one), "id")


def gate_run(one: GateRun) -> Json:
    return _named(asdict(one))


def gate_run_summary(one: GateRun) -> Json:
    return _named(_without(asdict(one), "result"))


def consumer(one: Consumer) -> Json:
    return {
        **_without(asdict(one), "subscriptions", "credentials"),
        "subscriptions": [subscription(each) for each in one.subscriptions],
        "keys": [credential(each) for each in one.credentials],
    }


def subscription(one: Subscription) -> Json:
    return _without(asdict(one), "id")


def credential(one: Credential) -> Json:
    return asdict(one)


def token(one: MachineToken) -> Json:
    return asdict(one)


def deployment(one: Deployment) -> Json:
    return _without(asdict(one), "id")


def caller(one: Caller) -> Json:
    return asdict(one)


def violation(one: Violation) -> Json:
    return _named(asdict(one))


def shadow(one: Shadow) -> Json:
    return _named(asdict(one))


def zombie(one: Zombie) -> Json:
    return asdict(one)


def drift(one: Drift) -> Json:
    return asdict(one)


def waiver(one: Waiver) -> Json:
    return _named(asdict(one))


def person(one: Person) -> Json:
    return _without(asdict(one), "id")


def audit_entry(one: AuditEntry) -> Json:
    return _named(asdict(one))


def _without(value: Json, *names: str) -> Json:
    return {key: part for key, part in value.items() if key not in names}


def _named(value: Json) -> Json:
    """Identifiers are text: nobody is to calculate with them."""
    return {**value, "id": str(value["id"])}
