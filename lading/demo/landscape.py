"""Harbourline, the logistics group of the demonstration: who there is, what is published, who calls what.

Data only; `seed` writes it through the registry's services, as its owners would.
"""

from __future__ import annotations

from dataclasses import dataclass

TEAMS = {
    "order-desk": ("Order Desk", "order-desk@harbourline.example"),
    "fulfilment": ("Fulfilment Platform", "fulfilment@harbourline.example"),
    "last-mile": ("Last Mile", "last-mile@harbourline.example"),
    "billing": ("Billing", "billing@harbourline.example"),
    "visibility": ("Shipment Visibility", "visibility@harbourline.example"),
    "partner-integration": ("Partner Integration", "partners@harbourline.example"),
}
DOMAINS = {
    "erp": ("ERP", "Orders, prices and what was promised."),
    "warehouse": ("Warehouse", "Stock, picking and packing."),
    "last-mile": ("Last mile", "From the depot to the door, and the proof of it."),
    "finance": ("Finance", "Bills when delivery is proved."),
    "logistics": ("Logistics", "What happens to a shipment, as everyone sees it."),
}


@dataclass(frozen=True, slots=True)
class SystemOfRecord:
    """A system, its kind, and the team that runs it."""

    title: str
    kind: str
    owner: str


SYSTEMS = {
    "erp": SystemOfRecord("ERP", "erp", "order-desk"),
    "wms": SystemOfRecord("Warehouse management", "wms", "fulfilment"),
    "courier": SystemOfRecord("Courier platform", "last-mile", "last-mile"),
    "ledger": SystemOfRecord("Finance ledger", "finance", "billing"),
    "tms": SystemOfRecord("Transport management", "tms", "visibility"),
}


@dataclass(frozen=True, slots=True)
class Published:
    """One version to publish: the shipped contract's name, and where it belongs."""

    spec: str
    contract: str
    version: str
    owner: str
    system: str


HISTORY = (
    Published("history/orders@1.4.0.openapi", "erp/orders", "1.4.0", "order-desk", "erp"),
    Published("orders.openapi", "erp/orders", "2.3.0", "order-desk", "erp"),
    Published("warehouse.openapi", "warehouse/warehouse", "1.6.1", "fulfilment", "wms"),
    Published("history/last-mile@1.3.0.openapi", "last-mile/delivery", "1.3.0", "last-mile", "courier"),
    Published("last-mile.openapi", "last-mile/delivery", "1.4.0", "last-mile", "courier"),
    Published("invoices.openapi", "finance/invoices", "1.1.0", "billing", "ledger"),
    Published("shipment-milestones.asyncapi", "logistics/shipment-milestones", "1.2.0", "visibility", "tms"),
)
PROPOSAL = Published(
    "history/last-mile-breaking-proposal.openapi", "last-mile/delivery", "1.5.0", "last-mile", "courier"
)
"""What the gate refuses: it removes a property that is read, requires one that is not sent, and says minor."""

RETIRING = ("erp/orders", "1.4.0", "erp/orders@2.3.0")
"""The deprecated version, and what replaces it."""


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver that an owner asks for, of a breaking change of `PROPOSAL`; with the architect's reason it is granted."""

    owner: str
    reason: str
    days: int
    granted: str = ""


WAIVERS = (
    Waived(
        "jonas@harbourline.example",
        "The courier app has not read it since its release in summer.",
        120,
        "The gateway saw nobody else.",
    ),
    Waived(
        "jonas@harbourline.example",
        "The shop changes over within the month.",
        45,
    ),
)
"""The first breaking change may pass, the second waits for a decision."""

ARCHITECT = "ines@harbourline.example"


@dataclass(frozen=True, slots=True)
class Application:
    """A consumer, the team behind it, and the lines that it subscribes to."""

    title: str
    owner: str
    contact: str
    subscriptions: tuple[tuple[str, int], ...]


APPLICATIONS = {
    "acme-wms": Application(
        "ACME WMS", "partner-integration", "edi@acme.example", (("erp/orders", 1), ("warehouse/warehouse", 1))
    ),
    "shopfront": Application(
        "Shopfront", "order-desk", "shop@harbourline.example", (("erp/orders", 2), ("last-mile/delivery", 1))
    ),
    "dispatch-desk": Application(
        "Dispatch desk", "last-mile", "dispatch@harbourline.example", (("last-mile/delivery", 1),)
    ),
    "billing-run": Application(
        "Billing run", "billing", "billing@harbourline.example", (("erp/orders", 2), ("finance/invoices", 1))
    ),
}

PLANS = {"standard": (600, 60, 100), "partner": (120, 60, 30)}
"""Requests in a window of seconds, and how many at once."""


@dataclass(frozen=True, slots=True)
class Served:
    """A line that the gateway serves, and the simulated upstream behind it."""

    contract: str
    major: int
    base_path: str
    upstream: str
    request: str = "enforce"
    response: str = "monitor"


DEPLOYMENTS = (
    Served("erp/orders", 1, "/erp/orders/v1", "orders-v1"),
    Served("erp/orders", 2, "/erp/orders/v2", "orders-v2"),
    Served("last-mile/delivery", 1, "/last-mile/delivery/v1", "last-mile"),
)


@dataclass(frozen=True, slots=True)
class Upstream:
    """A simulated upstream: the contract whose examples it answers with, and the field that drifted, if any."""

    spec: str
    drift: str = ""


UPSTREAMS = {
    "orders-v1": Upstream("history/orders@1.4.0.openapi"),
    "orders-v2": Upstream("orders.openapi"),
    "last-mile": Upstream("last-mile.openapi", drift="attemptCount"),
}
