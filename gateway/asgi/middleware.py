"""ASGI middleware: the calls to a service, and its answers, held against its contract.

```python
app = FastAPI()
app.add_middleware(LadingMiddleware, contract="openapi.yaml", mode="enforce")
```

The decisions and the problem documents are those of the gateway. What differs: nothing is forwarded, and the
path that is judged is the one that the framework routes by, with every percent-encoding undone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import quote

from contracts.model import HttpApi
from gateway import problems
from gateway.http import framing
from gateway.pipeline import admit, examine
from gateway.rules import Rules
from gateway.snapshot.operation import Mode, Modes
from gateway.snapshot.snapshot import Snapshot
from gateway.standalone import standalone
from gateway.verdicts import DEFAULT_BOUNDS, Bounds, Decision, Header, Refusal, Request, fields_of

from .answering import Answering
from .observed import Observed, log, observed
from .reading import read_contract

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_UNSEEN = ("http.response.pathsend", "http.response.zerocopysend")
"""Extensions by which a server sends bodies that never pass here; without them frameworks send bytes."""
_SAFE = "/!$&'()*+,;=:@-._~"
USUAL_RULES = Rules(security="presence")


class _Gone(Exception):
    """The client has gone before its request was whole."""


class LadingMiddleware:
    """Checks the HTTP calls to an ASGI application; lifespan and WebSocket pass through.

    `contract` is a file or a model that was read already. `mode` is what is done about violations of requests,
    `response_mode` of responses (as `mode`, unless given). Without `base_path` the contract is served below the
    paths of its `servers`; these are held against the whole path, with the application's `root_path`. Paths
    in `exempt`, and below them, are not checked: health, documentation. `observe` is called once for each
    call that was checked; unless given, violations are logged.

    Raises `ContractError` or `OSError` where the contract cannot be read, `ValueError` for an unknown mode, and for
    the rule `security=verify`: nothing is fetched here that credentials could be verified by.
    """

    def __init__(
        self,
        app: App,
        contract: str | os.PathLike[str] | HttpApi,
        *,
        mode: Mode = "enforce",
        response_mode: Mode | None = None,
        base_path: str | None = None,
        exempt: Iterable[str] = (),
        rules: Rules = USUAL_RULES,
        bounds: Bounds = DEFAULT_BOUNDS,
        observe: Callable[[Observed], None] = log,
    ) -> None:
        for given in (mode, response_mode or mode):
            if given not in ("enforce", "monitor", "off"):
                raise ValueError(f"the mode is {given!r}; it is one of enforce, monitor, off")
        if rules.security == "verify":
            raise ValueError(
                "credentials are verified by the gateway; here their presence or form can be asked for"
            )
        api = contract if isinstance(contract, HttpApi) else read_contract(contract)
        self._app = app
        self._enforces = mode == "enforce"
        self._exempt = tuple(path.rstrip("/") for path in exempt)
        self._observe = observe
        self._snapshot: Snapshot = standalone(
            api,
            bases=None if base_path is None else (base_path,),
            modes=Modes(mode, response_mode or mode),
            rules=rules,
            bounds=bounds,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = _public_path(scope)
        if any(path == held or path.startswith(held + "/") for held in self._exempt):
            await self._app(scope, receive, send)
            return
        request, decision = self._admitted(scope, path)
        try:
            if decision.refusal is None:
                receive = await self._examined(request, decision, receive)
        except _Gone:
            return
        if decision.refusal is not None and (self._enforces or decision.refusal.status == 413):
            await self._refuse(request, decision, send)
            return
        await self._answered(scope, request, decision, receive, send)

    def _admitted(self, scope: Scope, path: str) -> tuple[Request, Decision]:
        headers: list[Header] = [(bytes(name).lower(), bytes(value)) for name, value in scope["headers"]]
        raw, query = quote(path, safe=_SAFE).encode("ascii"), bytes(scope.get("query_string", b""))
        fields = fields_of(headers)
        request = Request(scope["method"], raw, query, headers, b"", scope.get("scheme", "http"), fields)
        head = framing.check(str(scope.get("http_version", "1.1")), raw, headers, fields)
        if isinstance(head, Refusal):
            return request, Decision(head)
        bounds = self._snapshot.bounds
        if len(raw) + len(query) > bounds.target:
            return request, Decision(framing.refused("The request target is too long.", 414))
        return request, admit(self._snapshot, request, None, time.time(), final=True)

    async def _examined(self, request: Request, decision: Decision, receive: Receive) -> Receive:
        """Gathers the body, judges the whole, and gives a `receive` that tells it again."""
        most = self._snapshot.bounds.request_body
        parts: list[bytes] = []
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            part = message.get("body", b"")
            size += len(part)
            if size > most:
                decision.refusal = Refusal(
                    413, "too-large", "The body is too large", f"At most {most:,} bytes are taken."
                )
                return receive
            parts.append(part)
            more = message.get("more_body", False)
        request.body = b"".join(parts)
        examine(decision, request, self._snapshot.bounds)
        return _replayed(request.body, receive)

    async def _answered(
        self, scope: Scope, request: Request, decision: Decision, receive: Receive, send: Send
    ) -> None:
        if decision.operation is None or decision.refusal is not None:
            # Monitoring: there is nothing to hold the response against.
            await self._app(scope, receive, send)
            self._observe(observed(decision, 0, None, decision.refusal))
            return
        extensions = scope.get("extensions")
        if extensions:
            seen = {name: held for name, held in extensions.items() if name not in _UNSEEN}
            scope = {**scope, "extensions": seen}
        answering = Answering(decision, request.method, self._snapshot.bounds, send)
        try:
            await self._app(scope, receive, answering.send)
        finally:
            self._observe(
                observed(
                    decision,
                    answering.status,
                    answering.verdict,
                    answering.refusal,
                    failed=not answering.done,
                )
            )

    async def _refuse(self, request: Request, decision: Decision, send: Send) -> None:
        refusal = decision.refusal
        assert refusal is not None
        status, headers, body = problems.answer(refusal, decision.headers)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else body})
        self._observe(observed(decision, status, None, refusal))


def _public_path(scope: Scope) -> str:
    """The whole path: servers and frameworks disagree on whether `path` begins with `root_path` (ASGI, HTTP scope)."""
    path, root = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    if not root or path == root or path.startswith(root + "/"):
        return path
    return root + path


def _replayed(body: bytes, receive: Receive) -> Receive:
    told = False

    async def again() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
