"""A request held against its operation."""

from __future__ import annotations

import re

from gateway.bodies.body import Content
from gateway.bodies.codings import ACCEPTED, TooLarge, UnknownCoding, decoded
from gateway.bodies.media import Choices, acceptable, parse_media_type
from gateway.malformed import Malformed
from gateway.parameters.parameter import Sources
from gateway.parameters.text import NOTHING, parse_query
from gateway.snapshot.operation import Operation
from gateway.verdicts import Bounds, Decision, Fault, Refusal, Request

_COOKIE = re.compile(r"\s*;\s*")


def examine(decision: Decision, request: Request, bounds: Bounds) -> Decision:
    """Holds an admitted request against its operation and completes the decision in place."""
    operation = decision.operation
    assert operation is not None
    if operation.pending and (reason := operation.prepare()):
        title = "The contract of this path cannot be served"
        decision.refusal = Refusal(503, "contract-broken", title, reason)
        return decision
    mode = operation.modes.request
    if mode == "off":
        decision.unvalidated = ("request validation is off",) if operation.key else operation.unvalidated
        return decision
    judgement = _Judgement(operation, request, bounds, decision.path_values)
    judgement.run()
    decision.unvalidated = judgement.unvalidated
    if judgement.unvalidated and operation.contract.rules.unvalidated == "refuse":
        judgement.faults.append(
            Fault("body", "", f"it cannot be judged: {judgement.unvalidated[0]}", "unvalidated")
        )
    if judgement.faults:
        found = sorted(judgement.faults, key=lambda fault: not fault.refuses)
        decision.faults = tuple(found[: bounds.faults])
        if mode == "enforce" and judgement.refuses:
            decision.refusal = judgement.refusal(decision.faults)
    return decision


class _Judgement:
    def __init__(
        self, operation: Operation, request: Request, bounds: Bounds, path_values: tuple[str, ...]
    ) -> None:
        self._operation = operation
        self._request = request
        self._bounds = bounds
        self._path_values = path_values
        self._special: Refusal | None = None
        self.faults: list[Fault] = []
        self.unvalidated = operation.unvalidated

    @property
    def refuses(self) -> bool:
        """Whether anything was found that is more than told."""
        return any(fault.refuses for fault in self.faults)

    def refusal(self, faults: tuple[Fault, ...]) -> Refusal:
        """400 for parameters and syntax, 422 for content that says the wrong thing, or what a check asked for."""
        if self._special is not None:
            return Refusal(
                self._special.status, self._special.code, self._special.title, self._special.detail, faults,
                self._special.headers,
            )  # fmt: skip
        first = next((fault for fault in faults if fault.refuses), faults[0])
        only_content = all(fault.place == "body" and fault.schema_pointer for fault in faults)
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        detail = f"{first.place} {first.pointer or '(whole)'}: {first.message}{more}"
        status = 422 if only_content and first.code not in _SYNTAX else 400
        return Refusal(status, "invalid-request", "The request does not follow the contract", detail, faults)

    def run(self) -> None:
        try:
            self._parameters()
        except Malformed as error:
            self.faults.append(Fault("query", "", error.message, error.code))
        self._body()

    def _parameters(self) -> None:
        operation, request = self._operation, self._request
        query = parse_query(request.query, self._bounds.query_parameters) if request.query else NOTHING
        rules = operation.contract.rules
        cookies: dict[str, list[str]] = {}
        strangers = operation.strangers
        if operation.in_cookie or (strangers is not None and strangers.minds_cookies):
            cookies = cookies_of(request)
        path = dict(zip(operation.path_names, self._path_values, strict=False))
        sources = Sources(path, query, request.fields, cookies)
        for group in (operation.in_path, operation.in_query, operation.in_header, operation.in_cookie):
            for parameter in group:
                self.faults += parameter.judge(sources, rules, self._bounds.faults)
        if operation.produces:
            self._acceptance(operation.produces)
        if strangers is not None:
            self.faults += strangers.find(query.names, request.fields, cookies)

    def _acceptance(self, produces: tuple[str, ...]) -> None:
        accept = self._request.fields.get(b"accept")
        if accept is None or acceptable(accept.decode("latin-1"), produces):
            return
        self.faults.append(Fault("header", "/Accept", "it admits no declared media type", "not-acceptable"))
        self._special = Refusal(
            406, "not-acceptable", "No media type of the contract is acceptable to the caller",
            f"Declared: {', '.join(produces)}.",
        )  # fmt: skip

    def _body(self) -> None:
        body, declared = self._request.body, self._operation.body
        if not body:
            if self._operation.body_required:
                self._fault("a body is required and missing", "missing-body")
            return
        if declared is None:
            if self._operation.contract.rules.undeclared_body == "refuse":
                self._fault("the operation declares no body", "undeclared-body")
            else:
                self.unvalidated += ("the operation declares no body",)
            return
        self._content(body, declared)

    def _content(self, body: bytes, declared: Choices[Content]) -> None:
        fields = self._request.fields
        given, coding = fields.get(b"content-type"), fields.get(b"content-encoding")
        if len(fields) != len(self._request.headers) and self._times(b"content-type") > 1:
            self._fault("there are two Content-Type fields", "content-type")
            return
        if not declared.names:
            self.unvalidated += ("the contract describes no content for the body",)
            return
        if given is None:
            self._unsupported("the body has no Content-Type", declared)
            return
        try:
            lenient = self._operation.contract.rules.multipart == "lenient"
            media = parse_media_type(given.decode("latin-1"), lenient)
            content = declared.find(media)
            if content is None:
                self._unsupported("the contract does not declare this media type", declared)
                return
            if coding is not None:
                body = decoded(body, coding.decode("latin-1"), self._bounds.request_body)
        except Malformed as error:
            self._fault(error.message, error.code)
            return
        except UnknownCoding:
            self._fault("the content coding is not known here", "content-coding")
            self._special = Refusal(
                415,
                "content-coding",
                "The content coding is not known here",
                headers=((b"accept-encoding", ACCEPTED),),
            )
            return
        except TooLarge:
            self._fault("it decompresses to more than is allowed", "too-large")
            self._special = Refusal(413, "too-large", "The body is too large")
            return
        self.unvalidated += content.unvalidated
        self.faults += content.judge(body, media, self._operation.contract.rules, self._bounds)

    def _times(self, wanted: bytes) -> int:
        return sum(name == wanted for name, _ in self._request.headers)

    def _unsupported(self, message: str, declared: Choices[Content]) -> None:
        self._fault(message, "media-type")
        names = ", ".join(declared.names)
        self._special = Refusal(
            415, "media-type", "The media type is not one that the contract declares", f"Declared: {names}.",
            headers=((b"accept", names.encode("latin-1", "replace")),),
        )  # fmt: skip

    def _fault(self, message: str, code: str) -> None:
        self.faults.append(Fault("body", "", message, code, self._operation.body_pointer))


_SYNTAX = frozenset({
    "missing-body", "duplicate-key", "too-deep", "trailing-bytes", "syntax", "surrogate", "encoding", "boundary", "part-headers",
    "content-type", "content-coding", "too-many", "doctype",
})  # fmt: skip


def cookies_of(request: Request) -> dict[str, list[str]]:
    """Cookies by name (RFC 6265 section 5.4); quotes around a value do not count."""
    found: dict[str, list[str]] = {}
    for name, value in request.headers:
        if name == b"cookie":
            for pair in _COOKIE.split(value.decode("latin-1").strip()):
                key, equals, held = pair.partition("=")
                if equals:
                    found.setdefault(key.strip(), []).append(held.strip().strip('"'))
    return found
