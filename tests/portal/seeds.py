"""A registry with a little of everything, made through its services, as people and gateways would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from registry.domain.access import PERMISSIONS, SYSTEM, Actor, Grant, Role
from registry.domain.reports import GateRun
from registry.domain.traffic import Batch, CallReport, ShadowReport, UseReport, ViolationReport
from registry.domain.waivers import Request
from registry.services import (
    consumers,
    deployments,
    identity,
    lifecycle,
    observations,
    publishing,
    reports,
    teams,
    versions,
    waivers,
)
from registry.services.publishing import Proposal
from registry.services.registry import Registry

SPECS = Path(__file__).resolve().parents[2] / "specs"
ADMIN, VIEWER = "ada@example.org", "vic@example.org"

CONTRACTS = (
    # contract, file, version, owner, system
    ("erp/orders", "history/orders@1.4.0.openapi.yaml", None, "order-desk", "erp"),
    ("erp/orders", "orders.openapi.yaml", None, "order-desk", "erp"),
    ("wms/warehouse", "warehouse.openapi.yaml", None, "warehouse", "wms"),
    ("last-mile/delivery", "history/last-mile@1.3.0.openapi.yaml", None, "last-mile", "courier"),
    ("last-mile/delivery", "last-mile.openapi.yaml", None, "last-mile", "courier"),
    ("finance/invoices", "invoices.openapi.yaml", None, "billing", "erp"),
    ("events/shipment-milestones", "shipment-milestones.asyncapi.yaml", None, "visibility", "tms"),
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the tests need to know of what is there."""

    registry: Registry
    old: str
    new: str
    refused: GateRun
    sessions: Mapping[str, str]


def seed(registry: Registry) -> Seeded:
    """Teams, contracts with versions, a deprecated one that is still called, a refusal, a violation, people."""
    landscape(registry)
    for contract, file, version, owner, system in CONTRACTS:
        publish(registry, contract, SPECS / file, version=version, owner=owner, system=system)
    with registry.unit.read(SYSTEM) as context:
        listed = versions.browse(context, "erp/orders").items
    new, old = listed[0].version, listed[-1].version
    unruly(registry)
    refusal = publishing.publish(
        registry,
        SYSTEM,
        Proposal(
            "last-mile/delivery",
            {
                "last-mile.openapi.yaml": (
                    SPECS / "history/last-mile-breaking-proposal.openapi.yaml"
                ).read_bytes()
            },
            "last-mile.openapi.yaml",
        ),
    )
    assert refusal.status == "refused", refusal.status
    assert refusal.run is not None
    callers(registry, old, new)
    waived(registry)
    with registry.unit(SYSTEM) as context:
        sunset = context.now + timedelta(days=47)
        lifecycle.deprecate(
            context,
            "erp/orders",
            old,
            sunset_at=sunset,
            replacement=new,
            deprecated_at=context.now - timedelta(days=40),
        )
    return Seeded(registry, old, new, refusal.run, people(registry))


UNRULY = b"""openapi: 3.0.3
info:
  title: Unruly
  version: 1.0.0
  description: |
    # A heading

    A table and a [link](https://example.org/) and a [relative one](other.md), and <b>markup</b>.

    | code | meaning |
    |:----:|--------:|
    | 1    | one     |
paths:
  /Things_list/{id}:
    get:
      deprecated: true
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: A thing that holds things
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Thing'}
components:
  schemas:
    Thing:
      type: object
      properties:
        name: {type: string, maxLength: 35, example: pallet}
        parent: {$ref: '#/components/schemas/Thing'}
        parts: {type: array, items: {$ref: '#/components/schemas/Thing'}}
        kind: {oneOf: [{type: string, enum: [BOX, PALLET]}, {type: integer, nullable: true}]}
"""
"""A contract that breaks rules, and whose schema contains itself."""


def unruly(registry: Registry) -> None:
    proposal = Proposal(
        "events/unruly", {"unruly.yaml": UNRULY}, "unruly.yaml", owner="visibility", source="import"
    )
    assert publishing.publish(registry, SYSTEM, proposal).version is not None


def waived(registry: Registry) -> None:
    """Waiver 1 waits for a decision, waiver 2 is granted."""
    olga = Actor("person", "olga@example.org", "Olga Ness", {"*": PERMISSIONS[Role.OWNER]})
    for rule, pointer, reason in (
        ("auth-stated", "/paths", "The legacy scanner sends no key before its update in spring."),
        ("naming-*", None, "Partners have printed these names."),
    ):
        with registry.unit(olga) as context:
            until = context.now.date() + timedelta(days=60)
            asked = Request("events/unruly", reason, until, rule=rule, pointer=pointer)
            made = waivers.request(context, asked, longest=timedelta(days=365))
    with registry.unit(SYSTEM) as context:
        waivers.grant(context, made.id, reason="Until the next major version.")


def landscape(registry: Registry) -> None:
    with registry.unit(SYSTEM) as context:
        for name, title in (
            ("order-desk", "Order Desk"),
            ("warehouse", "Warehouse Integration"),
            ("last-mile", "Last Mile"),
            ("billing", "Billing"),
            ("visibility", "Shipment Visibility"),
        ):
            teams.put_team(context, name, title=title, email=f"{name}@harbourline.example")
        for name, title in (
            ("erp", "Orders and master data"),
            ("wms", "Warehousing"),
            ("last-mile", "Last mile"),
            ("finance", "Finance"),
            ("events", "Shipment events"),
        ):
            teams.put_domain(context, name, title=title)
        for name, title, kind, owner in (
            ("erp", "Harbourline ERP", "erp", "order-desk"),
            ("wms", "Warehouse management", "wms", "warehouse"),
            ("tms", "Transport management", "tms", "visibility"),
            ("courier", "Courier platform", "last-mile", "last-mile"),
        ):
            teams.put_system(context, name, title=title, kind=kind, owner=owner)
        teams.put_environment(context, "default", title="Default")
        teams.put_plan(context, "standard", limit=600, window=60, burst=100)
        teams.put_plan(context, "bulk", limit=6000, window=60, burst=1000)


def publish(
    registry: Registry,
    contract: str,
    file: Path,
    *,
    version: str | None = None,
    owner: str = "order-desk",
    system: str | None = None,
) -> None:
    """Stores a version as an import does: whatever the gate says of it."""
    name = file.name.partition("@")[0].removesuffix(".openapi.yaml") + ".yaml"
    proposal = Proposal(
        contract,
        {name: file.read_bytes()},
        name,
        version=version,
        owner=owner,
        system=system,
        source="import",
    )
    done = publishing.publish(registry, SYSTEM, proposal)
    assert done.version is not None
    with registry.unit(SYSTEM) as context:
        if reports.lint(context, contract, done.version.version) is None:
            raise AssertionError("a published version has its lint report")


def callers(registry: Registry, old: str, new: str) -> None:
    with registry.unit(SYSTEM) as context:
        acme = consumers.create(
            context, "acme-wms", title="ACME WMS", owner="warehouse", contact="it@acme.example",
            description="The warehouse management system of our largest 3PL.",
        )  # fmt: skip
        shop = consumers.create(context, "web-shop", title="Web shop", owner="order-desk")
        consumers.subscribe(context, "acme-wms", "erp/orders", int(old.partition(".")[0]))
        consumers.subscribe(context, "web-shop", "erp/orders", int(new.partition(".")[0]), plan="bulk")
        consumers.subscribe(context, "web-shop", "last-mile/delivery", 1)
        consumers.issue_key(context, "web-shop", label="production")
        deployments.put(
            context, "erp/orders", int(new.partition(".")[0]), upstreams=["http://127.0.0.1:9001"]
        )
        deployments.put(context, "last-mile/delivery", 1, upstreams=["http://127.0.0.1:9002"])
    with registry.unit.read(SYSTEM) as context:
        now = context.now
    calls = [
        CallReport("erp/orders", old, "GET /orders/{orderId}", acme.id, "ok", 12 + 3 * (hour % 7), now - timedelta(hours=hour + 1), now - timedelta(hours=hour, minutes=7))
        for hour in range(20)
    ]  # fmt: skip
    calls += [
        CallReport("erp/orders", new, "POST /orders", shop.id, "ok", 40 + 11 * (hour % 5), now - timedelta(hours=hour + 1), now - timedelta(hours=hour, minutes=2))
        for hour in range(20)
    ]  # fmt: skip
    calls.append(CallReport("erp/orders", new, "POST /orders", shop.id, "refused", 3, now, now))
    calls.append(
        CallReport(
            "last-mile/delivery", "1.4.0", "GET /delivery-jobs/{jobId}", shop.id, "violation", 5, now, now
        )
    )
    violation = ViolationReport(
        "fp-eta-type", "last-mile/delivery", "1.4.0", "GET /delivery-jobs/{jobId}", shop.id, "response", "body",
        "/window/from", "/properties/window/properties/from/format", "format",
        "The response's window.from is \"tomorrow\", which is no date-time.", 5, now - timedelta(hours=3),
        now - timedelta(minutes=6), {"jobId": "4711", "window": {"from": "tomorrow", "to": "2026-11-24T12:00:00+01:00"}, "recipient": "…"},
        "0af7651916cd43dd8448eb211c80319c",
    )  # fmt: skip
    shadows = (
        ShadowReport("erp/orders", "GET", "/orders/{}/labels", acme.id, False, 404, 7, now - timedelta(days=1), now),
        ShadowReport(None, "GET", "/wp-login.php", None, False, 404, 900, now - timedelta(days=1), now),
    )  # fmt: skip
    used = ("erp/orders", new, "POST /orders")
    uses = (
        UseReport(*used, "request", "/orderId", None, True, now, now),
        UseReport(*used, "request", "/giftNote", None, False, now, now),
        UseReport(*used, "status", "/418", None, False, now, now),
    )
    with registry.unit(SYSTEM) as context:
        batch = Batch("batch-1", "gateway", "default", tuple(calls), (violation,), shadows, uses)
        observations.ingest(context, batch)


def people(registry: Registry) -> Mapping[str, str]:
    """Session tokens by mail address."""
    with registry.unit(SYSTEM) as context:
        admin = identity.put_person(context, ADMIN, name="Ada Cole", grants=[Grant(Role.ADMIN)])
        viewer = identity.put_person(context, VIEWER, name="Vic Moor", grants=[Grant(Role.VIEWER)])
        return {
            who.email: identity.start_session(context, who, lifetime=timedelta(hours=1)).token
            for who in (admin, viewer)
        }
