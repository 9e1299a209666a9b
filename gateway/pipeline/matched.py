"""A decision about a call whose operation was found: what is forwarded where, if nothing speaks against it."""

from __future__ import annotations

from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Operation
from gateway.verdicts import Decision


def matched(operation: Operation, values: tuple[str, ...], path: str, query: bytes) -> Decision:
    """The decision as it begins. `values` are those of the path template's expressions."""
    contract = operation.contract
    return Decision(
        contract=contract,
        operation=operation,
        path_values=values,
        target=target(contract, path, query),
        headers=contract.lifecycle_headers,
    )


def target(contract: Contract, path: str, query: bytes) -> bytes:
    """Path and query for the upstream: as judged, with the base path replaced."""
    if contract.upstream_path is not None:
        for base in contract.base_paths:
            if path.startswith(base) and path[len(base) : len(base) + 1] in ("/", ""):
                path = contract.upstream_path + path[len(base) :] or "/"
                break
    held = path.encode("ascii")
    return b"%s?%s" % (held, query) if query else held
