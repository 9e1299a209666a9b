"""Small contracts of our own for the registry's tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.services.publishing import Proposal

ORDERS = """\
openapi: 3.0.3
info:
  title: Orders
  version: {version}
  description: Sales orders.
  contact: {{ name: Order Desk, email: desk@harbourline.example, url: https://harbourline.example }}
  x-owner: order-desk
servers: [{{ url: https://api.harbourline.example/erp/orders/v{major} }}]
security: [{{ key: [] }}]
paths:
  /orders/{{orderId}}:
    get:
      operationId: getOrder
      summary: Read an order
      description: {description}
      parameters:
        - {{ name: orderId, in: path, required: true, description: Its number., schema: {{ type: string, maxLength: 20 }} }}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {{ $ref: '#/components/schemas/Order' }}
        4XX:
          description: Refused.
          content: {{ application/problem+json: {{ schema: {{ type: object }} }} }}
components:
  securitySchemes: {{ key: {{ type: apiKey, in: header, name: X-API-Key }} }}
  schemas:
    Order:
      type: object
      description: An order.
      required: [orderId{required}]
      properties:
        orderId: {{ type: string, description: Its number. }}
{properties}
"""
KEPT = "        shipmentEta: { type: string, format: date-time, description: When it arrives. }"
EVENTS = """\
asyncapi: 3.0.0
info: { title: Milestones, version: 1.0.0, description: What happened to a shipment. }
channels:
  dispatched:
    address: shipments.dispatched
    messages: { dispatched: { $ref: '#/components/messages/Dispatched' } }
operations:
  sendDispatched: { action: send, channel: { $ref: '#/channels/dispatched' }, summary: A shipment left. }
components:
  messages:
    Dispatched:
      summary: A shipment left the warehouse.
      payload: { type: object, properties: { sscc: { type: string, pattern: '^[0-9]{18}$' } } }
"""


def orders(version: str = "1.0.0", *, description: str = "It is read.", eta: bool = True) -> bytes:
    """An order contract; without `eta` it lacks a property that consumers read."""
    text = ORDERS.format(
        version=version,
        major=version.split(".")[0],
        description=description,
        required=", shipmentEta" if eta else "",
        properties=KEPT if eta else "        status: { type: string, description: Where it stands. }",
    )
    return text.encode()


def proposal(version: str = "1.0.0", content: bytes | None = None, **facts: Any) -> Proposal:
    """A proposal of `erp/orders`."""
    files: Mapping[str, bytes] = {"orders.yaml": content if content is not None else orders(version)}
    given: dict[str, Any] = {
        "contract": "erp/orders",
        "files": files,
        "root": "orders.yaml",
        "owner": "order-desk",
    }
    return Proposal(**{**given, **facts})
