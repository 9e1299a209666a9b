"""Where an OpenAPI contract is served."""

from __future__ import annotations

from contracts.elements.common import Server
from contracts.references import Located
from contracts.tolerant import Reader, origin


def servers(reader: Reader, node: Located) -> tuple[Server, ...]:
    """The `servers` list at a node of OpenAPI 3."""
    return tuple(
        Server(
            reader.text(held, "url"),
            reader.data(held, "variables"),
            reader.text(held, "description"),
            origin(held),
            reader.text(held, "name"),
            raw=held.value,
        )
        for held in reader.item_mappings(node, "servers")
    )


def servers_of_2(reader: Reader, node: Located) -> tuple[Server, ...]:
    """OpenAPI 2.0's host, base path and schemes as servers; none where none of them is stated.

    Without a host the document's own host is meant, which makes the URL relative; without schemes it is
    taken without one (`//host/base`).
    """
    host, base = reader.text(node, "host"), reader.text(node, "basePath")
    schemes = reader.texts(node, "schemes")
    if not host and not base:
        return ()
    if not host:
        return (Server(base, origin=origin(node), raw=node.value),)
    prefixes = [f"{scheme}://" for scheme in schemes] or ["//"]
    return tuple(Server(f"{prefix}{host}{base}", origin=origin(node), raw=node.value) for prefix in prefixes)
