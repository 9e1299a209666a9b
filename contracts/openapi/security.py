"""Security schemes and requirements, of OpenAPI and of AsyncAPI."""

from __future__ import annotations

from contracts.elements.common import SecurityRequirement, SecurityScheme
from contracts.references import Located
from contracts.tolerant import Reader, origin

_FLOWS_OF_2 = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def scheme(reader: Reader, name: str, node: Located) -> SecurityScheme:
    """One Security Scheme Object of any line, under OpenAPI 3's names."""
    kind = reader.text(node, "type")
    written = reader.optional_text(node, "scheme")
    flows = reader.data(node, "flows")
    if kind == "basic":  # OpenAPI 2.0
        kind, written = "http", "basic"
    if kind == "oauth2" and isinstance(node.value.get("flow"), str):  # OpenAPI 2.0
        flow = node.value["flow"]
        details = {
            key: node.value[key] for key in ("authorizationUrl", "tokenUrl", "scopes") if key in node.value
        }
        flows = {_FLOWS_OF_2.get(flow, flow): details}
    return SecurityScheme(
        name,
        kind,
        reader.optional_text(node, "in"),
        reader.optional_text(node, "name"),
        written,
        reader.optional_text(node, "bearerFormat"),
        flows,
        reader.optional_text(node, "openIdConnectUrl"),
        origin(node),
        node.value,
    )


def requirements(
    reader: Reader, node: Located, key: str = "security"
) -> tuple[SecurityRequirement, ...] | None:
    """The `security` list at a node; None where it is not stated."""
    if node.value.get(key) is None:
        return None
    return tuple(
        {name: reader.texts(held, name) for name in held.value} for held in reader.item_mappings(node, key)
    )
