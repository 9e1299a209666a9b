"""Whether a call comes to where an operation is served, and from where it may come."""

from __future__ import annotations

import ipaddress

from gateway.callers.trust import Network
from gateway.snapshot.operation import Operation
from gateway.verdicts import Fault, Refusal, Request

NOT_FOUND = Refusal(
    404,
    "not-found",
    "No contract has this path",
    faults=(Fault("route", "", "no path template matches", "not-found"),),
)
ELSEWHERE = Refusal(
    403,
    "address-refused",
    "Calls from this address are not taken",
    faults=(Fault("security", "", "the caller's address is in none of the networks", "address"),),
)


def unreached(operation: Operation, request: Request) -> Refusal | None:
    """Why a call does not get to the operation, whoever makes it."""
    if operation.authorities and not is_served_here(operation, request.scheme, request.fields):
        return NOT_FOUND
    networks = operation.contract.networks
    return ELSEWHERE if networks and not is_within(request.client, networks) else None


def is_within(peer: str, networks: tuple[Network, ...]) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:  # no address: a socket in the file system, say
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in networks)


def is_served_here(operation: Operation, scheme: str, headers: dict[bytes, bytes]) -> bool:
    authority = f"{scheme}://{headers.get(b'host', b'').decode('latin-1')}"
    return any(pattern.match(authority) for pattern in operation.authorities)
