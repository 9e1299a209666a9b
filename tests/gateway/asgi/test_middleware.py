"""The middleware around real FastAPI applications, in process and under uvicorn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request, WebSocket
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.testclient import TestClient

from gateway.asgi import LadingMiddleware, Observed
from gateway.http.server import bind
from gateway.rules import Rules
from gateway.verdicts import Bounds
from tests.gateway.world import GOOD, ORDERS, api_of

POST = {"content-type": "application/json", "idempotency-key": "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"}


def service(prefix: str = "/erp/v1", *, checked: bool = True, root_path: str = "", **options: Any) -> FastAPI:
    """A service with the paths of the contract, and some mistakes in its answers on demand."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.started = True
        yield

    app = FastAPI(lifespan=lifespan, root_path=root_path)
    app.state.bodies = []

    @app.get(f"{prefix}/orders")
    async def orders(limit: int = 10) -> Any:
        return [{"sku": "A", "quantity": limit}] if limit < 50 else [{"sku": "s3cr3t"}]

    @app.post(f"{prefix}/orders", status_code=201)
    async def create(request: Request) -> Any:
        body = await request.body()
        app.state.bodies.append(body)
        return JSONResponse({"sku": "A", "quantity": 1}, 201)

    @app.get(f"{prefix}/orders/{{order}}")
    async def one(order: str) -> Any:
        if order == "DE500":
            raise RuntimeError("a defect")
        return FileResponse(__file__, media_type="application/json")

    @app.get(f"{prefix}/events")
    async def events() -> Any:
        async def lines() -> AsyncIterator[bytes]:
            yield b"data: 1\n\n"
            yield b"data: 2\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")

    @app.get("/healthz")
    async def healthz() -> str:
        return "ok"

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text("hello")
        await socket.close()

    if checked:
        app.add_middleware(LadingMiddleware, contract=api_of(ORDERS), **options)
    return app


def call(app: Any, method: str, path: str, **given: Any) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://api.example") as client:
            return await client.request(method, path, **given)

    return asyncio.run(run())


def test_a_good_call_reaches_the_service_with_its_body() -> None:
    app = service()
    answer = call(app, "POST", "/erp/v1/orders", content=GOOD, headers=POST)
    assert answer.status_code == 201
    assert answer.json() == {"sku": "A", "quantity": 1}
    assert app.state.bodies == [GOOD]


@pytest.mark.parametrize(
    ("method", "path", "content", "status", "code"),
    [
        ("POST", "/erp/v1/orders", b'{"sku":""}', 422, "invalid-request"),
        ("POST", "/erp/v1/orders", b"{", 400, "invalid-request"),
        ("GET", "/erp/v1/orders?limit=x", b"", 400, "invalid-request"),
        ("DELETE", "/erp/v1/orders", b"", 405, "method-not-allowed"),
        ("GET", "/erp/v1/nowhere", b"", 404, "not-found"),
        ("GET", "/erp/v1/orders/de-1", b"", 400, "invalid-request"),
        ("GET", "/healthz", b"", 404, "not-found"),
        ("GET", "/erp/v1/orders/%2e%2e/orders", b"", 400, "malformed-path"),
    ],
)
def test_a_bad_one_gets_the_problem_of_the_gateway(
    method: str, path: str, content: bytes, status: int, code: str
) -> None:
    app = service()
    answer = call(app, method, path, content=content, headers=POST)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"urn:lading:problem:{code}"
    assert app.state.bodies == []


def test_a_wrong_answer_is_withheld() -> None:
    answer = call(service(), "GET", "/erp/v1/orders?limit=60")
    assert answer.status_code == 502
    assert answer.json()["errors"][0]["pointer"] == "/0"
    assert "s3cr3t" not in answer.text


def test_monitoring_lets_all_of_it_pass_and_tells() -> None:
    seen: list[Observed] = []
    app = service(mode="monitor", observe=seen.append)
    assert call(app, "GET", "/erp/v1/orders?limit=60").status_code == 200
    assert call(app, "POST", "/erp/v1/orders", content=b"{}", headers=POST).status_code == 201
    assert call(app, "GET", "/healthz").status_code == 200
    assert [(call.operation, call.outcome) for call in seen] == [
        ("GET /orders", "violation"),
        ("POST /orders", "violation"),
        (None, "violation"),
    ]


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="enforce, monitor, off"):
        LadingMiddleware(service(checked=False), api_of(ORDERS), mode="strict")  # type: ignore[arg-type]


def test_what_it_cannot_verify_it_does_not_promise_to() -> None:
    with pytest.raises(ValueError, match="presence or form"):
        LadingMiddleware(service(checked=False), api_of(ORDERS), rules=Rules(security="verify"))


def test_a_contract_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "openapi.yaml").write_text(ORDERS)
    app = service(checked=False)
    app.add_middleware(LadingMiddleware, contract=tmp_path / "openapi.yaml", mode="enforce")
    assert call(app, "GET", "/erp/v1/orders?limit=0").status_code == 400
    assert call(app, "GET", "/erp/v1/orders?limit=1").status_code == 200


def test_exempt_paths_are_not_checked() -> None:
    app = service(exempt=["/healthz"])
    assert call(app, "GET", "/healthz").json() == "ok"
    assert call(app, "GET", "/healthz2").status_code == 404


def test_a_body_that_is_too_large_is_refused_while_it_comes() -> None:
    app = service(bounds=Bounds(request_body=1000))
    given = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal given
        while given < 100_000:
            given += 500
            yield b" " * 500

    answer = call(app, "POST", "/erp/v1/orders", content=endless(), headers=POST)
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:lading:problem:too-large"
    assert given < 3000


def test_two_credentials_are_refused_as_by_the_gateway() -> None:
    twice = [("x-api-key", "a"), ("x-api-key", "b")]
    assert call(service(), "GET", "/erp/v1/orders", headers=twice).status_code == 400


def test_the_path_that_is_judged_is_the_one_that_is_routed() -> None:
    """An encoded slash is one for the framework; the gateway would take it for data."""
    assert (
        call(service(), "GET", "/erp/v1/orders/DE1%2Fitems").json()["type"] == "urn:lading:problem:not-found"
    )


def test_files_are_looked_at_as_well() -> None:
    """uvicorn and others may send files by themselves, which would pass unseen."""
    answer = call(service(), "GET", "/erp/v1/orders/DE1")
    assert answer.status_code == 502


def test_a_defect_of_the_service_stays_a_500() -> None:
    seen: list[Observed] = []
    assert call(service(observe=seen.append), "GET", "/erp/v1/orders/DE500").status_code == 500
    assert [call.outcome for call in seen] == ["failed"]


@pytest.mark.parametrize("prefix", ["/v1", "/erp/v1"], ids=["stripped by a proxy", "kept"])
def test_a_root_path_belongs_to_the_path(prefix: str) -> None:
    """FastAPI's `root_path` is what a proxy in front has cut off, or left."""
    app = service("/v1", root_path="/erp")
    assert call(app, "GET", f"{prefix}/orders").status_code == 200
    assert call(app, "GET", f"{prefix}/orders?limit=0").status_code == 400


def test_a_mounted_application_checks_itself() -> None:
    outer = FastAPI()
    outer.mount("/erp", service("/v1"))
    assert call(outer, "GET", "/erp/v1/orders").status_code == 200
    assert call(outer, "GET", "/erp/v1/orders?limit=0").status_code == 400
    assert call(outer, "GET", "/elsewhere").json() == {"detail": "Not Found"}


def test_routes_of_a_mounted_application_are_checked_from_outside() -> None:
    outer = FastAPI()
    outer.mount("/erp", service("/v1", checked=False))
    outer.add_middleware(LadingMiddleware, contract=api_of(ORDERS))
    assert call(outer, "GET", "/erp/v1/orders").status_code == 200
    assert call(outer, "GET", "/erp/v1/orders?limit=0").status_code == 400


def test_a_base_path_of_ones_own() -> None:
    app = service("", base_path="")
    assert call(app, "GET", "/orders").status_code == 200
    assert call(app, "GET", "/orders?limit=0").status_code == 400


def test_lifespan_and_websockets_pass_through() -> None:
    app = service()
    with TestClient(app) as client:
        assert app.state.started
        with client.websocket_connect("/ws") as socket:
            assert socket.receive_text() == "hello"


@contextmanager
def under_uvicorn(app: FastAPI) -> Iterator[str]:
    listener = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


def test_under_uvicorn() -> None:
    app = service()
    with under_uvicorn(app) as url, httpx.Client(base_url=url, headers=POST) as client:
        assert client.post("/erp/v1/orders", content=GOOD).status_code == 201
        assert client.post("/erp/v1/orders", content=iter([GOOD[:9], GOOD[9:]])).status_code == 201
        assert client.post("/erp/v1/orders", content=b"{}").status_code == 422
        assert client.get("/erp/v1/orders?limit=60").status_code == 502
        assert client.head("/erp/v1/orders").status_code == 405
        assert client.get("/erp/v1/events").text == "data: 1\n\ndata: 2\n\n"
    assert app.state.bodies == [GOOD, GOOD]
