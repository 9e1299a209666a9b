"""What the gateway decides, as values with reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from gateway.callers.evidence import Need
    from gateway.callers.outcomes import Proved
    from gateway.snapshot.contract import Consumer, Contract
    from gateway.snapshot.operation import Operation

Place: TypeAlias = Literal["path", "query", "header", "cookie", "body", "security", "route", "status"]
Outcome: TypeAlias = Literal["ok", "refused", "violation", "unvalidated", "failed"]
"""What became of a call; of one that is ok nothing was refused, found wrong or left unvalidated."""
Header: TypeAlias = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a message, told without any of the message's values.

    `pointer` is a JSON Pointer into the place: into the body, or `/name` for a parameter. `schema_pointer` is
    where the contract says so, in the file `schema_source`. `code` is the JSON Schema keyword that was
    violated, or one of our own words.
    """

    place: Place
    pointer: str
    message: str
    code: str
    schema_pointer: str | None = None
    schema_source: str = ""
    refuses: bool = True
    """False for what is only told: the message passes."""

    def as_dict(self) -> dict[str, Any]:
        """The entry of a problem document's `errors`."""
        return {
            "in": self.place,
            "pointer": self.pointer,
            "message": self.message,
            "code": self.code,
            "schemaPointer": self.schema_pointer,
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message goes no further, and what is answered instead."""

    status: int
    code: str
    title: str
    detail: str = ""
    faults: tuple[Fault, ...] = ()
    headers: tuple[Header, ...] = ()


# Not frozen: one is made for every call, and freezing would double its cost.
@dataclass(slots=True)
class Decision:
    """What becomes of a request.

    `refusal` is None where it may pass. `faults` are those that were found, also where monitoring lets them
    pass. `unvalidated` says what could not be looked at. `headers` belong on whatever is answered, `target`
    is the path and query to forward, as they were judged.
    """

    refusal: Refusal | None = None
    contract: Contract | None = None
    operation: Operation | None = None
    consumer: Consumer | None = None
    path_values: tuple[str, ...] = ()
    target: bytes = b""
    headers: tuple[Header, ...] = ()
    faults: tuple[Fault, ...] = ()
    unvalidated: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    """What has to be known before it can be decided; the decision is then made again."""
    proofs: tuple[Proved, ...] = ()
    """How the caller was known, where the contract's `security` is evaluated."""

    @property
    def caller(self) -> str:
        """Who calls, for telling callers apart: the consumer, or what the credentials name; empty for strangers."""
        if self.consumer is not None:
            return self.consumer.id
        return next((proof.subject for proof in self.proofs if proof.subject), "")

    @property
    def allowed(self) -> bool:
        return self.refusal is None


@dataclass(slots=True)
class Verdict:
    """What was found in one message. `refusal` stands only where the mode enforces."""

    refusal: Refusal | None = None
    faults: tuple[Fault, ...] = ()
    unvalidated: tuple[str, ...] = ()


PASSED = Verdict()
"""Everything was looked at and is well. Shared, as it is the verdict of most messages: treat it as frozen."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much of anything one call may hold."""

    target: int = 16 * 1024
    """Bytes of path and query."""
    headers: int = 64 * 1024
    """Bytes of all header fields."""
    request_body: int = 10 * 1024 * 1024
    """Bytes of a request body, and of what it decompresses to."""
    response_body: int = 10 * 1024 * 1024
    """Bytes of a response body that is held back for validation, and of what it decompresses to."""
    query_parameters: int = 1000
    parts: int = 1000
    """Parts of a multipart body, fields of a form."""
    elements: int = 100_000
    """Elements and attributes of an XML body."""
    faults: int = 20
    """Faults that are told of one message; the first ones."""


DEFAULT_BOUNDS = Bounds()


def fields_of(headers: list[Header]) -> dict[bytes, bytes]:
    """Header fields by name; those that come several times are one list (RFC 9110 section 5.3)."""
    found = dict(headers)
    if len(found) != len(headers):
        found = {}
        for name, value in headers:
            found[name] = found[name] + b", " + value if name in found else value
    return found


class Request:
    """A request as it came: names of header fields in lower case, `path` and `query` as on the wire.

    `fields` are the header fields by name. `peer` is the address that the connection comes from, `certificate` the
    DER of the one that it was opened with. `client` is the caller's address: that of the peer, unless it is a trusted
    proxy which says another.
    """

    __slots__ = (
        "body", "certificate", "client", "fields", "headers", "method", "path", "peer", "query", "scheme",
    )  # fmt: skip

    def __init__(
        self,
        method: str,
        path: bytes,
        query: bytes = b"",
        headers: list[Header] | None = None,
        body: bytes = b"",
        scheme: str = "http",
        fields: dict[bytes, bytes] | None = None,
        peer: str = "",
        certificate: bytes | None = None,
        client: str = "",
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers if headers is not None else []
        self.body = body
        self.scheme = scheme
        self.fields = fields if fields is not None else fields_of(self.headers)
        self.peer = peer
        self.certificate = certificate
        self.client = client or peer


@dataclass(slots=True)
class Response:
    """An upstream's response: names of header fields in lower case."""

    status: int
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""
