"""A decision about a call whose operation was found: what is forwarded where, if nothing speaks against it."""

from __future__ import annotations

from gateway.snapshot.contract import Contract
from gateway.snapshot.operation import Operation
from gateway.verdicts import Decision

_AFTER = ("/", "")
"""What can follow a base path."""


def matched(operation: Operation, values: tuple[str, ...], path: str, query: bytes) -> Decision:
    """The decision as it begins. `values` are those of the path template's expressions."""
    contract = operation.contract
    forwarded = target(contract, path, query)
    return Decision(None, contract, operation, None, values, forwarded, contract.lifecycle_headers)


def target(contract: Contract, path: str, query: bytes) -> bytes:
    """Path and query for the upstream: as judged, with the base path replaced."""
    above = contract.upstream_path
    if above is not None:
        for base in contract.base_paths:
            if path.startswith(base):
                rest = path[len(base) :]
                if rest[:1] in _AFTER:
                    path = above + rest or "/"
                    break
    held = path.encode("ascii")
    return b"%s?%s" % (held, query) if query else held
