"""What is learned of one operation."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any, Self

from gateway.bodies.jsons import parse_json
from gateway.bodies.media import parse_media_type
from gateway.malformed import Malformed
from gateway.parameters.text import Query
from gateway.traffic.recorded import Recorded
from gateway.verdicts import Header, fields_of

from .room import ENDLESS, Room
from .shapes import Shape, is_property_name
from .templates import value_of

_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json|text/json")
_OWN_HEADER = re.compile(r"x-[a-z0-9-]{1,60}|idempotency-key|if-match|if-none-match")
_OF_THE_WAY = re.compile(
    r"x-(?:forwarded|real|amz|amzn|request|correlation|envoy|b3|datadog|trace|requested|client|csrf|xsrf|api-key|auth)\b.*"
)
"""Fields that proxies, tracers and browsers add, and credentials."""
_PARAMETERS = 60
_HEADERS = 60
_TYPES = 10
_STATUSES = 30
_SCHEMES: dict[str, dict[str, Any]] = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}


class Content:
    """Bodies by media type. `unclear` once some could not be read, or were not there."""

    def __init__(self, room: Room = ENDLESS) -> None:
        self._room = room
        self.present = 0
        self.absent = 0
        self.unclear = False
        self.shapes: dict[str, Shape | None] = {}
        """None where the content is not JSON, or was not recorded."""

    def add(self, headers: list[Header], body: bytes, *, known: bool) -> None:
        """Takes a body into account; `known` says whether it was recorded."""
        given = fields_of(headers).get(b"content-type")
        if known and not body:
            self.absent += 1
            return
        self.present += 1
        if given is None:
            self.unclear = self.unclear or known
            return
        try:
            media = parse_media_type(given.decode("latin-1"))
            name = media.name
            if name not in self.shapes and len(self.shapes) >= _TYPES:
                self.unclear = True
                return
            if not known or not _JSON.fullmatch(name):
                self.shapes.setdefault(name, None)
                return
            value = parse_json(body)
        except Malformed:
            self.unclear = True
            return
        shape = self.shapes.get(name)
        if shape is None:
            if not self._room.take():
                self.unclear = True
                return
            shape = self.shapes[name] = Shape(self._room)
        shape.add(value)

    def merge(self, other: Content) -> None:
        self.present += other.present
        self.absent += other.absent
        self.unclear = self.unclear or other.unclear
        for name, shape in other.shapes.items():
            held = self.shapes.get(name)
            if held is None or shape is None:
                self.shapes[name] = held or shape
            else:
                held.merge(shape)

    def media(self) -> dict[str, Any]:
        """The `content` of a body or response."""
        return {
            name: {"schema": shape.schema()} if shape is not None else {}
            for name, shape in sorted(self.shapes.items())
        }


class Learned:
    """One operation, as it was called and answered."""

    def __init__(self, room: Room = ENDLESS) -> None:
        self._room = room
        self.calls = 0
        self.answered = False
        """Whether it ever answered something else than that it is not there."""
        self.query: dict[str, tuple[Shape, list[int]]] = {}
        """Values by name, with the number of calls that had the name, and of those that had it several times."""
        self.headers: dict[str, Shape] = {}
        self.schemes: dict[str, int] = {}
        self.body = Content(room)
        self.answers: dict[int, Content] = {}

    def add(self, exchange: Recorded, query: Query) -> None:
        """Takes an exchange into account."""
        self.calls += 1
        request, response, knows = exchange.request, exchange.response, exchange.knows
        for name, values in query.names.items():
            if name not in self.query and (len(self.query) >= _PARAMETERS or not _is_parameter(name)):
                continue
            shape, counts = self.query.setdefault(name, (Shape(), [0, 0]))
            counts[0] += 1
            counts[1] += len(values) > 1
            for value in values:
                shape.add(value_of(value, plus=True))
        for field, raw in request.fields.items():
            name = field.decode("latin-1")
            if name not in self.headers and len(self.headers) >= _HEADERS:
                continue
            if _OWN_HEADER.fullmatch(name) and not _OF_THE_WAY.fullmatch(name):
                self.headers.setdefault(name, Shape()).add(raw.decode("latin-1"))
        if (scheme := _scheme(request.fields)) is not None:
            self.schemes[scheme] = self.schemes.get(scheme, 0) + 1
        self.body.add(request.headers, request.body, known=knows.body)
        if response is not None:
            self.answered = self.answered or response.status not in (404, 405, 501)
            if response.status not in self.answers and len(self.answers) >= _STATUSES:
                return
            if request.method != "HEAD" and response.status not in (204, 304):
                content = self.answers.setdefault(response.status, Content(self._room))
                content.add(response.headers, response.body, known=knows.response_body)
            else:
                self.answers.setdefault(response.status, Content())

    def merge(self, other: Self) -> None:
        """Takes into account what another one was made of."""
        self.calls += other.calls
        self.answered = self.answered or other.answered
        for name, (shape, counts) in other.query.items():
            held, mine = self.query.setdefault(name, (Shape(), [0, 0]))
            held.merge(shape)
            mine[0] += counts[0]
            mine[1] += counts[1]
        for name, shape in other.headers.items():
            self.headers.setdefault(name, Shape()).merge(shape)
        for name, number in other.schemes.items():
            self.schemes[name] = self.schemes.get(name, 0) + number
        self.body.merge(other.body)
        for status, content in other.answers.items():
            self.answers.setdefault(status, Content()).merge(content)

    def described(self, path: dict[str, Shape]) -> dict[str, Any]:
        """The operation in OpenAPI 3.1."""
        found: dict[str, Any] = {}
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": simple(shape, name)}
            for name, shape in path.items()
        ]
        for name, (shape, (calls, several)) in sorted(self.query.items()):
            schema = simple(shape, name)
            parameter: dict[str, Any] = {"name": name, "in": "query"}
            if calls == self.calls:
                parameter["required"] = True
            parameter["schema"] = {"type": "array", "items": schema} if several else schema
            parameters.append(parameter)
        parameters += [
            {"name": name, "in": "header", "schema": {"type": "string"}} for name in sorted(self.headers)
        ]
        if parameters:
            found["parameters"] = parameters
        body = self.body
        if body.shapes and not body.unclear:
            found["requestBody"] = {"content": body.media()} | ({} if body.absent else {"required": True})
        found["responses"] = {
            str(status): _answer(status, held) for status, held in sorted(self.answers.items())
        }
        always = [name for name, number in self.schemes.items() if number == self.calls]
        if always:
            found["security"] = [{always[0]: []}]
        return found


def _is_parameter(name: str) -> bool:
    """Whether a name in a query reads like one that a developer gave; `filter[state]` does."""
    return all(part == "" or is_property_name(part) for part in re.split(r"[\[\]]", name)) and name != ""


def schemes_of(names: set[str]) -> dict[str, Any]:
    """The security schemes with these names."""
    return {name: _SCHEMES[name] for name in sorted(names)}


def simple(shape: Shape, name: str) -> dict[str, Any]:
    """The schema of what is written as text: in a path, in a query."""
    if shape.types == {"integer"}:
        return {"type": "integer"}
    if shape.types != {"string"}:
        return {"type": "string"}
    if shape.codes and shape.codes.keys() <= {"true", "false"}:
        return {"type": "boolean"}
    return shape.schema(name)


def _answer(status: int, content: Content) -> dict[str, Any]:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = f"Status {status}"
    found: dict[str, Any] = {"description": phrase}
    # A body that was there in some answers only cannot be described: what is described has to be there.
    if content.shapes and not content.absent and not content.unclear:
        found["content"] = content.media()
    return found


def _scheme(fields: dict[bytes, bytes]) -> str | None:
    given = fields.get(b"authorization", b"").partition(b" ")[0].lower().decode("latin-1")
    if given in ("bearer", "basic"):
        return given
    return "apiKey" if b"x-api-key" in fields else None
