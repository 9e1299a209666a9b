"""Everything around a gateway process whose callers prove who they are: registry, upstream, authorization server."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx

from lading.processes import free_port

from . import registry
from .callers.people import rsa

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = """
openapi: 3.1.0
info: {title: Orders, version: 1.2.0}
paths:
PATHS
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Partner-Key}
    query: {type: apiKey, in: query, name: api_key}
    cookie: {type: apiKey, in: cookie, name: session}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://a.example", scopes: {read: r, admin: a}}}}
    people: {type: openIdConnect, openIdConnectUrl: "https://placeholder.example/.well-known/openid-configuration"}
    certificate: {type: mutualTLS}
    hook: {type: apiKey, in: header, name: webhook-signature}
    password: {type: http, scheme: basic}
    bearer: {type: http, scheme: bearer}
    digest: {type: http, scheme: digest}
"""
PATHS = {
    "key": "[{key: []}]", "query": "[{query: []}]", "cookie": "[{cookie: []}]", "token": "[{oauth: [read]}]",
    "admin": "[{oauth: [admin]}]", "people": "[{people: []}]", "certificate": "[{certificate: []}]",
    "hook": "[{hook: []}]", "password": "[{password: []}]", "bearer": "[{bearer: []}]", "digest": "[{digest: []}]",
    "both": "[{key: [], oauth: [read]}]", "either": "[{key: []}, {oauth: [read]}]", "maybe": "[{}, {key: []}]",
    "open": "[]",
}  # fmt: skip


def contract() -> str:
    body = "{required: true, content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}"
    paths = "".join(
        f"  /{name}:\n    post:\n      security: {security}\n      requestBody: {body}\n"
        '      responses: {"200": {description: d}}\n'
        for name, security in PATHS.items()
    )
    return CONTRACT.replace("PATHS\n", paths)


class Desk:
    """`issue` answers the authorization server's questions; `slow` makes it wait for `go`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "gateway.log"
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.asked: list[str] = []
        self.active: dict[str, dict[str, Any]] = {}
        self.keys: list[Any] = [rsa()]
        self.go = threading.Event()
        self.go.set()
        self._stack = contextlib.ExitStack()
        self.upstream = self._serve(self._upstream())
        self.server = self._serve(self._authorization())

    def close(self) -> None:
        self.go.set()
        self._stack.close()

    def serve_authorization(self, port: int) -> None:
        """The authorization server, at a port that was named before."""
        self._serve(self._authorization(), port)

    def prepare(self, **changes: Any) -> None:
        facts = {"text": contract(), "security": "verify", "access": "open", "base_path": "/o"}
        registry.prepare(self.folder / "registry", self.upstream, **{**facts, **changes})
        server = registry.server(self.folder / "registry")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        self.registry = f"http://127.0.0.1:{server.server_address[1]}"

    @contextlib.contextmanager
    def gateway(self, configuration: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A gateway process that is ready."""
        path = self.folder / "gateway.toml"
        path.write_text(configuration)
        clean = {key: value for key, value in os.environ.items() if not key.startswith("LADING_")}
        known = {
            "LADING_REGISTRY_URL": self.registry, "LADING_TOKEN": "t", "LADING_DATA": str(self.folder / "data"),
            "LADING_GATEWAY_CONFIG": str(path), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        with self.log.open("ab") as output:
            child = subprocess.Popen(
                [sys.executable, "-m", "lading", "gateway", "--port", str(self.port)],
                cwd=ROOT,
                env={**clean, **known, **environment},
                stdout=output,
                stderr=output,
            )
        try:
            wait_for(self.ready, f"the gateway: {self.log}")
            yield child
        finally:
            if child.poll() is None:
                child.terminate()
            child.wait(30)

    def ready(self) -> dict[str, Any]:
        try:
            answer = httpx.get(f"{self.url}/-/readyz", timeout=5)
        except httpx.HTTPError:
            return {}
        return answer.json() if answer.status_code == 200 else {}

    def post(self, path: str, headers: dict[str, str] | None = None, body: str = "{}") -> httpx.Response:
        sent = {"content-type": "application/json", **(headers or {})}
        return httpx.post(f"{self.url}/o/{path}", content=body, headers=sent, timeout=20)

    def reason(self, path: str, headers: dict[str, str] | None = None, body: str = "{}") -> tuple[int, str]:
        """Status and the problem's code; no code where it passed."""
        answer = self.post(path, headers, body)
        if answer.status_code == 200:
            return 200, ""
        return answer.status_code, answer.json()["type"].rpartition(":")[2]

    def _serve(self, handler: type[BaseHTTPRequestHandler], port: int = 0) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def _upstream(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Upstream(Quiet):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", "0")))
                desk.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                self.answer(b"")

        return Upstream

    def _authorization(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Authorization(Quiet):
            def do_GET(self) -> None:
                keys = [key.as_dict(private=False) for key in desk.keys]
                self.answer(json.dumps({"keys": keys}).encode())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
                desk.go.wait(20)
                token = form["token"][0]
                desk.asked.append(token)
                self.answer(json.dumps(desk.active.get(token, {"active": False})).encode())

        return Authorization


class Quiet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 40.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")
