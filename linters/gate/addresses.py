"""The major version that is part of an address: `/v2/orders`, `https://api.example/v2`, `orders.v2.created`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.model import HttpApi

from .request import Api

_SEGMENT = re.compile(r"(?:^|[/.])v([0-9]{1,6})(?:\.[0-9]+)*(?=[/.?#]|$)")
_AUTHORITY = re.compile(r"^[a-z][a-z0-9+.-]*://[^/]*", re.IGNORECASE)


def major_in_address(api: Api) -> int | None:
    """The one major version that addresses of a contract name; None where they name none, or several."""
    found = {int(match[1]) for address in _addresses(api) for match in _SEGMENT.finditer(address)}
    return found.pop() if len(found) == 1 else None


def _addresses(api: Api) -> Iterator[str]:
    for server in api.servers:
        yield _AUTHORITY.sub("", server.url)  # a host's name is no version of what it serves
    if isinstance(api, HttpApi):
        yield from (one.path for one in api.operations)
    else:
        yield from (one.address for one in api.channels.values() if one.address is not None)
