"""What calls use of what a contract declares, and what they use beside it: names and codes, no values.

Looking costs some hundred microseconds, so that it is done for few calls: at most one in a second for each operation,
and twenty in a second for all of them. Statuses are noted for every call. What was told is not told again for an hour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contracts.pointers import to_pointer
from contracts.schemas import Spot, Use, spot_of, used
from gateway.bodies.body import Content
from gateway.bodies.jsons import parse_json
from gateway.bodies.media import Choices, parse_media_type
from gateway.malformed import Malformed
from gateway.parameters.parameter import Parameter
from gateway.parameters.text import parse_query
from gateway.snapshot.operation import Operation
from gateway.traffic.learning.shapes import is_property_name
from gateway.verdicts import DEFAULT_BOUNDS, Header, Outcome, Refusal, Request, Verdict, fields_of

from .spool import Spool

if TYPE_CHECKING:
    from gateway.http.exchange import Exchange

EVERY = 1.0
"""Seconds between two looks at calls of one operation."""
LOOKS = 20
"""Looks in one second, at calls of all operations."""
MOST = 50_000
"""Places that are told in an hour."""
_UNDECLARED = 30
"""Undeclared names of one operation that are told in an hour."""
_HOUR = 3600.0
_LARGEST = 64 * 1024
_OPERATIONS = 50_000

Identity = tuple[str, str, str]
"""Contract, version, operation."""


@dataclass(slots=True)
class _State:
    operation: Operation
    due: float = 0.0
    statuses: set[int] = field(default_factory=set)
    undeclared: int = 0
    spots: dict[int, Spot | None] = field(default_factory=dict)
    """By the identity of what has a schema: it lives as long as the operation."""


class Drift:
    """Notes in the spool what is used. `beyond` counts what there was no room for."""

    def __init__(
        self, spool: Spool, clock: Callable[[], float], *, every: float = EVERY, looks: int = LOOKS
    ) -> None:
        self._spool = spool
        self._clock = clock
        self._every = every
        self._looks = looks
        self._states: dict[Identity, _State] = {}
        self._told: set[tuple[str, ...]] = set()
        self._hour = 0.0
        self._second = 0.0
        self._left = looks
        self.beyond = 0

    def record(
        self,
        exchange: Exchange,
        status: int,
        outcome: Outcome,
        verdict: Verdict | None,
        body: bytes,
        refusal: Refusal | None,
        seconds: float,
    ) -> None:
        """Looks at a call that was answered by its upstream, if it is time to."""
        decision = exchange.decision
        operation = decision.operation
        if operation is None or refusal is not None or outcome == "failed" or not operation.key:
            return
        identity = operation.identity
        state = self._states.get(identity)
        now = self._clock()
        if state is None or state.operation is not operation or now - self._hour >= _HOUR:
            state = self._begin(identity, operation, now)
        if status not in state.statuses and len(state.statuses) < 100:
            state.statuses.add(status)
            self._tell(
                identity, "status", Use((str(status),), None, operation.answer(status) is not None), now
            )
        if now < state.due or not self._may_look(now):
            return
        state.due = now + self._every
        self._request(identity, state, exchange.request, now)
        self._response(identity, state, status, exchange.headers, body, now)

    def _begin(self, identity: Identity, operation: Operation, now: float) -> _State:
        if now - self._hour >= _HOUR:
            self._hour = now
            self._told.clear()
            self._states.clear()
        elif len(self._states) >= _OPERATIONS:
            self._states.clear()
        state = self._states[identity] = _State(operation)
        return state

    def _may_look(self, now: float) -> bool:
        if now - self._second >= 1.0:
            self._second, self._left = now, self._looks
        self._left -= 1
        return self._left >= 0

    # One look

    def _request(self, identity: Identity, state: _State, request: Request, now: float) -> None:
        operation = state.operation
        if request.query:
            self._query(identity, state, request, now)
        for parameter in operation.in_header:
            value = request.fields.get(parameter.name.lower().encode("latin-1", "replace"))
            if value is not None:
                self._parameter(identity, state, "header", parameter, [value.decode("latin-1")], now)
        if operation.body is not None and request.body:
            self._body(identity, state, "request", operation.body, request.fields, request.body, now)

    def _query(self, identity: Identity, state: _State, request: Request, now: float) -> None:
        operation = state.operation
        try:
            query = parse_query(request.query, DEFAULT_BOUNDS.query_parameters).names
        except Malformed:
            return
        for parameter in operation.in_query:
            given = [value for name in parameter.names if name in query for value in query[name]]
            if given:
                self._parameter(identity, state, "query", parameter, given, now)
        names = operation.names
        if names.open_query:
            return
        for name in query:
            if name not in names.query and not name.startswith(names.prefixes):
                self._undeclared(identity, state, "query", (name,), now)

    def _parameter(
        self, identity: Identity, state: _State, part: str, parameter: Parameter, given: list[str], now: float
    ) -> None:
        self._tell(identity, part, Use((parameter.name,)), now)
        spot = self._spot(state, parameter)
        known = (spot.items.enum if spot.items is not None else spot.enum) if spot is not None else {}
        if known:
            for value in {piece for text in given for piece in text.split(",")} & known.keys():
                self._tell(identity, part, Use((parameter.name,), value), now)

    def _response(
        self, identity: Identity, state: _State, status: int, headers: list[Header], body: bytes, now: float
    ) -> None:
        answer = state.operation.answer(status)
        if answer is not None and body:
            part = f"response {answer.status}"
            self._body(identity, state, part, answer.content, fields_of(headers), body, now)

    def _body(
        self,
        identity: Identity,
        state: _State,
        part: str,
        declared: Choices[Content],
        fields: dict[bytes, bytes],
        body: bytes,
        now: float,
    ) -> None:
        if len(body) > _LARGEST or b"content-encoding" in fields:
            return
        try:
            media = parse_media_type(fields.get(b"content-type", b"").decode("latin-1"))
            content = declared.find(media)
            if content is None or media.kind != "json" or (spot := self._spot(state, content)) is None:
                return
            value: Any = parse_json(body)
        except Malformed:
            return
        self._uses(identity, state, part, used(spot, value), now)

    def _uses(self, identity: Identity, state: _State, part: str, uses: Iterable[Use], now: float) -> None:
        for use in uses:
            if use.declared:
                self._tell(identity, part, use, now)
            else:
                self._undeclared(identity, state, part, use.path, now)

    def _spot(self, state: _State, held: Content | Parameter) -> Spot | None:
        key = id(held)
        if key not in state.spots:
            state.spots[key] = spot_of(held.check.schema) if held.check is not None else None
        return state.spots[key]

    def _undeclared(
        self, identity: Identity, state: _State, part: str, path: tuple[str, ...], now: float
    ) -> None:
        """A name that nobody declared may itself be data."""
        name = path[-1] if is_property_name(path[-1]) else "*"
        if state.undeclared >= _UNDECLARED:
            name = "…"
        if self._tell(identity, part, Use((*path[:-1], name), None, False), now):
            state.undeclared += 1

    def _tell(self, identity: Identity, part: str, use: Use, now: float) -> bool:
        """Counts a use in the spool, once an hour. Whether it was new."""
        key = (*identity, part, *use.path, "" if use.value is None else f"={use.value}", str(use.declared))
        told = self._told
        if key in told:
            return False
        if len(told) >= MOST:
            self.beyond += 1
            return False
        told.add(key)
        contract, version, operation = identity

        def describe() -> dict[str, Any]:
            return {
                "kind": "use",
                "contract": contract,
                "version": version,
                "operation": operation,
                "part": part,
                "pointer": to_pointer(use.path)[:1000],
                "value": use.value,
                "declared": use.declared,
            }

        self._spool.count(("use", key), describe, now)
        return True
