"""The front as its users meet it: a gateway process with TLS, spoken to by curl, httpx and a WebSocket client."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from lading.processes import free_port
from tests.gateway.papers import Authority

CONTRACT = """
openapi: 3.1.0
info: {title: Positions, version: 1.0.0}
servers: [{url: /v1}]
security: [{partner: []}]
paths:
  /positions:
    get: {responses: {"200": {description: All}}}
  /feed:
    get: {responses: {"101": {description: As they come}}}
components: {securitySchemes: {partner: {type: mutualTLS}}}
"""


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 40.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


class Upstream:
    """Answers 200, and echoes over WebSockets; `heads` are the header fields that it saw."""

    def __init__(self) -> None:
        self.heads: list[dict[str, str]] = []
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self.ready.wait(10)

    def _run(self) -> None:
        self.loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self.over = asyncio.Event()

        async def echo(connection: ServerConnection) -> None:
            async for message in connection:
                await connection.send(message)

        def answer(connection: ServerConnection, request: Request) -> Response | None:
            self.heads.append({name.lower(): value for name, value in request.headers.raw_items()})
            return None if "upgrade" in self.heads[-1] else connection.respond(200, "ok")

        async with serve(echo, "127.0.0.1", 0, process_request=answer) as server:
            self.port = next(iter(server.sockets)).getsockname()[1]
            self.ready.set()
            await self.over.wait()

    def end(self) -> None:
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(10)


class Front:
    def __init__(self, folder: Path, upstream: Upstream, workers: int) -> None:
        self.folder = folder
        self.upstream = upstream
        self.authority = Authority(folder)
        self.authority.issue("gateway")
        self.partner = self.authority.issue("carrier-x", uri="spiffe://carrier-x/tms")
        self.stranger = self.authority.issue("stranger")
        self.port, self.office = free_port(), free_port()
        (folder / "contract.yaml").write_text(CONTRACT)
        (folder / "gateway.toml").write_text(f"""
[tls]
certificate = "{folder}/gateway.crt"
key = "{folder}/gateway.key"
client_authorities = "{self.authority.path}"
client = "required"
forward_certificate = true
[consumers.carrier-x]
certificates = ["spiffe://carrier-x/tms"]
""")
        arguments = [
            "--contract", "contract.yaml", "--upstream", f"http://127.0.0.1:{upstream.port}", "--config", "gateway.toml",
            "--port", str(self.port), "--admin", f"127.0.0.1:{self.office}", "--workers", str(workers), "--security", "verify",
        ]  # fmt: skip
        self.log = (folder / "log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lading", "gateway", *arguments],
            cwd=folder,
            stdout=self.log,
            stderr=self.log,
        )
        wait_for(self.ready, f"the gateway: {folder / 'log'}")

    def ready(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.office}/-/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def metrics(self) -> str:
        return httpx.get(f"http://127.0.0.1:{self.office}/-/metrics", timeout=10).text

    def get(
        self, path: str = "/v1/positions", client: tuple[Path, Path] | None = None, **options: Any
    ) -> httpx.Response:
        context = self.authority.trusting(client or self.partner)
        with httpx.Client(verify=context, timeout=20, **options) as held:
            return held.get(f"https://127.0.0.1:{self.port}{path}")

    def expiries(self) -> list[float]:
        """Of the certificate that each process shows."""
        lines = self.metrics().splitlines()
        return [
            float(line.split()[1])
            for line in lines
            if line.startswith("lading_gateway_certificate_expiry_seconds")
        ]

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(40)
        finally:
            self.process.kill()
            self.log.close()


@pytest.fixture(params=[1, 2], ids=["one", "two-workers"])
def front(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Front]:
    upstream = Upstream()
    held = Front(tmp_path, upstream, request.param)
    yield held
    assert held.end() == 0
    upstream.end()


def test_a_partner_is_known_by_its_certificate_in_every_protocol(front: Front) -> None:
    for http2, version in ((True, "HTTP/2"), (False, "HTTP/1.1")):
        answer = front.get(http2=http2)
        assert (answer.status_code, answer.http_version) == (200, version)
    seen = front.upstream.heads[-1]
    assert seen["lading-consumer"] == "carrier-x"
    assert seen["x-forwarded-proto"] == "https"
    assert seen["client-cert"].startswith(":MII")
    refused = front.get(client=front.stranger)
    assert refused.status_code == 401
    assert refused.json()["type"].endswith("unknown-certificate")
    bare = ssl.create_default_context(cafile=str(front.authority.path))
    with pytest.raises(httpx.TransportError), httpx.Client(verify=bare) as nobody:
        nobody.get(f"https://127.0.0.1:{front.port}/v1/positions")
    # Operators are answered at their own place, without a certificate, and callers are not.
    assert front.get("/-/metrics").status_code == 404
    assert "lading_gateway_certificate_expiry_seconds" in front.metrics()


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_over_http_2(front: Front) -> None:
    certificate, key = front.partner
    told = subprocess.run(
        ["curl", "-s", "--http2", "--cacert", front.authority.path, "--cert", certificate, "--key", key, "-w", " %{http_version} %{http_code}",
         f"https://127.0.0.1:{front.port}/v1/positions", f"https://127.0.0.1:{front.port}/v1/nothing"],
        capture_output=True, text=True, timeout=30, check=True,
    ).stdout  # fmt: skip
    assert told.startswith("ok 2 200")
    assert told.endswith(" 2 404")


def test_a_websocket_over_tls_until_the_gateway_ends(front: Front) -> None:
    async def scenario() -> int | None:
        async with connect(
            f"wss://127.0.0.1:{front.port}/v1/feed", ssl=front.authority.trusting(front.partner)
        ) as client:
            await client.send("51.95,4.14")
            assert await client.recv() == "51.95,4.14"
            assert "lading_gateway_websockets" in await asyncio.to_thread(front.metrics)
            front.process.send_signal(signal.SIGTERM)
            async for _ in client:
                pass
            return client.close_code

    assert asyncio.run(scenario()) == 1001


def test_certificates_are_renewed_without_dropping_a_connection(front: Front) -> None:
    with httpx.Client(verify=front.authority.trusting(front.partner), http2=True, timeout=20) as held:
        url = f"https://127.0.0.1:{front.port}/v1/positions"
        assert held.get(url).status_code == 200
        before = max(front.expiries())
        front.authority.issue("gateway", days=90)
        if len(front.expiries()) == 1:
            front.process.send_signal(signal.SIGHUP)  # at once; several are left to notice it themselves
        wait_for(lambda: min(front.expiries()) > before, "the new certificate")
        assert held.get(url).status_code == 200
        shown = _shown(front)
        (front.folder / "gateway.key").write_text("broken")
        wait_for(
            lambda: (
                'certificate_refused{worker="0"} 1.0' in front.metrics()
                or "certificate_refused 1.0" in front.metrics()
            ),
            "the complaint",
        )
        assert _shown(front) == shown
        assert held.get(url).status_code == 200


def _shown(front: Front) -> str:
    context = front.authority.trusting(front.partner)
    with (
        socket.create_connection(("127.0.0.1", front.port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as secured,
    ):
        held = secured.getpeercert()
        assert held is not None
        return str(held["serialNumber"])
