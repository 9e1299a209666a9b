"""Every part that pages are made of, on one page."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from starlette.responses import Response

from contracts.document import Position, Range, parse
from contracts.model import Origin
from portal import charts, excerpts, filters, milestones
from portal.forms import Form
from portal.page import Page
from portal.reading.trees import Node
from portal.view import Problem, View

page = Page("/portal/components", "Components", open=True)

_DOCUMENT = b"""paths:
  /orders/{orderId}:
    get:
      operationId: get_order
      parameters:
        - name: orderId
"""


def get(view: View) -> Response:
    document = parse(_DOCUMENT, "orders.yaml")
    version = SimpleNamespace(
        state="deprecated",
        published_at=view.now - timedelta(days=300),
        deprecated_at=view.now - timedelta(days=40),
        sunset_at=view.now + timedelta(days=50),
    )
    return view.render(
        excerpt=excerpts.at_range(document, Range(Position(3, 19), Position(3, 28))),
        marks=milestones.marks(version, view.now),
        spark=charts.spark([3, 4, 9, 6, 12, 8, 15, 11], "calls in the last 8 hours"),
        groups=(
            filters.group(
                "state", "State", ("published", "deprecated", "retired"), view.query("state") or "published"
            ),
            filters.group(
                "kind", "Kind", (("openapi", "OpenAPI"), ("asyncapi", "AsyncAPI")), view.query("kind")
            ),
        ),
        node=_tree(),
        form=Form({"name": "Acme WMS"}, (), {"name": "There is a consumer of this name already."}),
        problem=Problem("The consumer was not created.", "Mend what is marked below and send it again."),
    )


def _tree() -> Node:
    here = Origin("orders.yaml", ())
    quantity = Node(
        "quantity", "property", "object", here, required=True, description="How many, and of which unit.",
        children=(
            Node("value", "property", "number", here, required=True, rules=("more than 0",), examples=("12",)),
            Node("unit", "property", "string", here, rules=("2 to 3 characters",), values=('"EA"', '"KGM"')),
        ),
    )  # fmt: skip
    lines = Node("lines", "property", "array of object", here, "OrderLine", True, children=(quantity,))
    return Node(
        "", "root", "object", here, "Order",
        children=(
            Node("orderId", "property", "string · uuid", here, required=True, description="Given by the ERP."),
            lines,
            Node("eta", "property", "string · date-time or null", here, deprecated=True, description="Use `window`."),
            Node("parent", "property", "object", here, "Order", end="recursive"),
            Node("customs", "property", "object", here, "Customs", end="deep"),
        ),
    )  # fmt: skip
