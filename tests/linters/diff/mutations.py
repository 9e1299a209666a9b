"""Small contracts in which every kind of element occurs, and what becomes of them when one place goes wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import yaml

Path = tuple[Any, ...]

CALLS: dict[str, Any] = yaml.safe_load("""
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: 'https://api.example/v1', variables: {a: {default: b}}}]
security: [{key: []}]
paths:
  /orders/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, maxLength: 9}}]
    post:
      operationId: order
      tags: [x]
      parameters:
        - {name: q, in: query, required: true, content: {application/json: {schema: {type: object}}}}
        - {name: n, in: query, style: form, explode: true, schema: {type: integer, minimum: 1, default: 2}}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {p: {type: string}}}
            encoding: {p: {contentType: text/plain, headers: {X: {schema: {type: string}}}}}
          application/json: {schema: {$ref: '#/components/schemas/Order'}}
      responses:
        '200':
          description: OK
          links: {l: {operationId: order, parameters: {id: $response.body#/id}}}
          headers: {X-A: {schema: {type: string}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
        default: {$ref: '#/components/responses/E'}
      callbacks: {done: {'{$request.body#/url}': {post: {responses: {'200': {description: OK}}}}}}
webhooks:
  gone:
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {'200': {description: OK}}
components:
  responses: {E: {description: Bad, content: {application/json: {schema: {type: object}}}}}
  securitySchemes: {key: {type: apiKey, in: header, name: K}}
  schemas:
    Line: {type: object, properties: {k: {type: string}, n: {$ref: '#/components/schemas/Line'}}}
    Order:
      type: object
      required: [a]
      additionalProperties: false
      properties:
        a: {type: string, enum: [x, y]}
        b: {type: array, items: {oneOf: [{type: string, pattern: '^a'}, {type: integer, minimum: 1}]}, minItems: 1}
        c: {allOf: [{type: object, properties: {d: {type: [string, 'null'], format: date}}}]}
        e: {type: object, patternProperties: {'^x': {type: string}}, dependentRequired: {xa: [xb]}}
        f:
          oneOf: [{$ref: '#/components/schemas/Line'}]
          discriminator: {propertyName: k, mapping: {a: '#/components/schemas/Line'}}
        g: {if: {const: 1}, then: {type: integer, multipleOf: 2}, else: {not: {type: 'null'}}}
        h: {type: array, prefixItems: [{type: string}], contains: {type: string}, uniqueItems: true, unevaluatedItems: false}
        i: {type: object, unevaluatedProperties: false, dependentSchemas: {a: {type: object}}, propertyNames: {maxLength: 3}}
""")
EVENTS: dict[str, Any] = yaml.safe_load("""
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
servers: {s: {host: b.example, protocol: kafka}}
channels:
  orders:
    address: 'orders.{id}'
    parameters: {id: {enum: [a]}}
    messages: {accepted: {$ref: '#/components/messages/M'}}
operations:
  one:
    action: send
    channel: {$ref: '#/channels/orders'}
    messages: [{$ref: '#/channels/orders/messages/accepted'}]
    reply: {channel: {$ref: '#/channels/orders'}}
    bindings: {kafka: {groupId: {type: string}}}
components:
  messages:
    M:
      contentType: application/json
      correlationId: {location: '$message.header#/id'}
      headers: {type: object, properties: {id: {type: string}}}
      payload: {type: object, required: [a], properties: {a: {type: string}}}
""")
WRONG: tuple[Any, ...] = (42, -1.5, "zzz", True, None, [], [1], {}, {"zzz": [1]})
"""What may stand in any place by mistake."""


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place below a value."""
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield (*path, key)
        yield from places(inner, (*path, key))


def changed(contract: dict[str, Any], path: Path, wrong: Any) -> dict[str, Any]:
    """A copy that has something else at a place; as it was, where an earlier change took the place away."""
    result = copy.deepcopy(contract)
    place: Any = result
    try:
        for key in path[:-1]:
            place = place[key]
        if isinstance(place, dict) or (isinstance(place, list) and path[-1] < len(place)):
            place[path[-1]] = copy.deepcopy(wrong)
    except (KeyError, IndexError, TypeError):
        return result
    return result


def at(contract: Any, path: Path) -> Any:
    for key in path:
        contract = contract[key]
    return contract
