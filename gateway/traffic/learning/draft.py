"""The draft of a contract: an OpenAPI 3.1 document that the traffic it was made from follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from gateway.malformed import Malformed
from gateway.parameters.text import parse_query
from gateway.routes.paths import normalise
from gateway.traffic.recorded import Recorded, Unread, is_preflight
from gateway.verdicts import DEFAULT_BOUNDS

from .operation import Learned, schemes_of
from .room import Room
from .templates import Templates

_METHODS = frozenset({"GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"})


class SeveralHosts(Exception):
    """The traffic goes to several services; `hosts` are the most called first."""

    def __init__(self, hosts: tuple[str, ...]) -> None:
        super().__init__(", ".join(hosts))
        self.hosts = hosts


class Learner:
    """Learns from exchanges, one after the other. `hosts` restricts which; empty for all.

    `servers` are the addresses that the draft names, where they are known better than from the exchanges.
    """

    def __init__(self, hosts: frozenset[str] = frozenset(), *, servers: tuple[str, ...] = ()) -> None:
        self._hosts = hosts
        self._servers = servers
        self._room = Room()
        self._templates: Templates[Learned] = Templates(lambda: Learned(self._room))
        self._called: Counter[tuple[str, str]] = Counter()
        self.exchanges = 0
        self.left_out = 0
        """Exchanges and places that nothing could be learned from."""

    def run(self, recording: Iterable[Recorded | Unread]) -> None:
        for found in recording:
            if isinstance(found, Unread):
                self.left_out += 1
            else:
                self.add(found)

    def add(self, exchange: Recorded) -> None:
        """Learns from an exchange."""
        request = exchange.request
        if self._hosts and exchange.host not in self._hosts:
            return
        if is_preflight(exchange) or request.method not in _METHODS or exchange.response is None:
            self.left_out += 1
            return
        try:
            path = normalise(request.path)
            query = parse_query(request.query, DEFAULT_BOUNDS.query_parameters)
        except Malformed:
            self.left_out += 1
            return
        learned = self._templates.at(path, request.method)
        if learned is None:
            self.left_out += 1
            return
        self.exchanges += 1
        self._called[request.scheme, exchange.host] += 1
        learned.add(exchange, query)

    @property
    def full(self) -> bool:
        """Whether there was more than is kept: the draft then describes a part."""
        return self._templates.full or self._room.left <= 0

    def draft(self) -> dict[str, Any]:
        """The document. Raises `SeveralHosts`."""
        hosts = list(dict.fromkeys(host for (_, host), _ in self._called.most_common()))
        if len(hosts) > 1 and not self._hosts:
            raise SeveralHosts(tuple(hosts))
        paths: dict[str, dict[str, Any]] = {}
        schemes: set[str] = set()
        # What was only ever answered by "not here" is no operation.
        found = self._templates.operations(lambda learned: learned.answered)
        for operation in sorted(found, key=lambda found: found.template):
            described = operation.held.described(operation.parameters)
            schemes |= {name for held in described.get("security", ()) for name in held}
            paths.setdefault(operation.template, {})[operation.method.lower()] = described
        draft: dict[str, Any] = {
            "openapi": "3.1.0",
            "info": {
                "title": f"Draft of {hosts[0]}" if hosts and hosts[0] else "Draft from traffic",
                "version": "0.1.0",
                "description": (
                    f"Learned from {self.exchanges} exchanges. It says what was always so in them, which is not "
                    "yet what is agreed: read it, name what it describes, and make it yours."
                ),
            },
        }
        servers = list(self._servers) or [
            f"{scheme}://{host}" for (scheme, host), _ in self._called.most_common() if host
        ]
        draft["servers"] = [{"url": url} for url in servers or ["/"]]
        draft["paths"] = paths
        if schemes:
            draft["components"] = {"securitySchemes": schemes_of(schemes)}
        return draft
