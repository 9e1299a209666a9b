import asyncio
import io
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from gateway import service as services
from gateway.acceptors.acceptor import Workshop
from gateway.acceptors.machine import Unusable
from gateway.configuration import Configuration
from gateway.http.certificates import Certificates
from gateway.http.server import bind, serving
from gateway.http.tls import Pair, Tls
from gateway.service import Registry, Service
from gateway.standalone import standalone
from gateway.tracing.tracer import Tracing
from gateway.upstreams.settings import Settings

from . import registry
from .papers import Authority
from .tracing.collector import collecting
from .world import GOOD, HEADERS, KEY, ORDERS, Running, Seen, answering, api_of, orders, until, upstream


def test_from_the_registry_to_the_registry(tmp_path: Path) -> None:
    """A bundle is fetched, a call checked and passed on, and the registry hears of it once."""
    folder = tmp_path / "registry"

    async def scenario() -> tuple[int, int, dict[str, object]]:
        seen = Seen()
        async with upstream(answering(201, GOOD), seen) as port:
            registry.prepare(folder, f"http://127.0.0.1:{port}")
            server = registry.server(folder)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_address[1]}"
            service = Service(
                registry=Registry(url, "t", "default", "gw", tmp_path / "gateway", interval=0.05)
            )
            listener = bind("127.0.0.1", 0)
            running = Running(service.runtime, listener.getsockname()[1], seen)
            async with service.working(), serving(service.runtime, listener, 1.0):
                await until(lambda: service.runtime.snapshot.id)
                good = await running.call("POST", "/erp/v1/orders", GOOD, [*HEADERS, (b"x-api-key", KEY)])
                refused = await running.call("GET", "/erp/v1/orders")
                details = service.details()
            server.shutdown()
            server.server_close()
            return good[0], refused[0], details

    good, refused, details = asyncio.run(scenario())
    assert (good, refused) == (201, 401)
    assert details["registry"]["problem"] == ""  # type: ignore[index]
    outcomes = {
        (call["outcome"], call["status"], call["count"])
        for batch in registry.batches(folder)
        for call in batch["calls"]
    }
    assert outcomes == {("ok", 201, 1), ("refused", 401, 1)}


def test_a_service_sends_its_spans_and_tells_of_them() -> None:
    log = io.BytesIO()

    async def scenario() -> tuple[bytes, dict[str, object]]:
        seen = Seen()
        with collecting() as collector:
            configuration = Configuration(tracing=Tracing(collector.url, response_header="x-trace-id"))
            async with upstream(answering(201, GOOD), seen) as port:
                service = Service(
                    orders(f"http://127.0.0.1:{port}"), access_log=log, configuration=configuration
                )
                listener = bind("127.0.0.1", 0)
                running = Running(service.runtime, listener.getsockname()[1], seen)
                async with service.working(), serving(service.runtime, listener, 1.0):
                    _, head, _ = await running.call("POST", "/erp/v1/orders", GOOD, HEADERS)
                    metrics = await running.exchange(b"GET /-/metrics HTTP/1.1\r\nhost: g\r\n\r\n")
                    details = service.details()
        assert {span.trace_id.hex() for span in collector.spans} == {json.loads(log.getvalue())["trace_id"]}
        assert json.loads(log.getvalue())["trace_id"].encode() in head
        assert b'lading_gateway_spans_total{outcome="dropped"} 0.0' in metrics
        return head, details

    _, details = asyncio.run(scenario())
    assert details["tracing"] == {"problem": ""}


def test_a_service_of_one_contract_logs_its_calls() -> None:
    log = io.BytesIO()

    async def scenario() -> None:
        seen = Seen()
        async with upstream(answering(201, GOOD), seen) as port:
            service = Service(orders(f"http://127.0.0.1:{port}"), access_log=log)
            listener = bind("127.0.0.1", 0)
            running = Running(service.runtime, listener.getsockname()[1], seen)
            async with service.working(), serving(service.runtime, listener, 1.0):
                await running.call("POST", "/erp/v1/orders", GOOD, HEADERS)
                status, _, body = await running.call("GET", "/-/readyz")
                assert (status, body["status"]) == (200, "ready")

    asyncio.run(scenario())
    assert json.loads(log.getvalue())["operation"] == "POST /orders"


def test_upstreams_that_are_not_well_are_told_in_readiness_and_metrics() -> None:
    configuration = Configuration(
        upstreams=Settings(
            {"breaker": {"calls": 1}}, {"Orders": {"operations": {"GET /nowhere": {"timeout": 1}}}}
        )
    )

    async def scenario() -> tuple[dict[str, object], bytes]:
        held = standalone(api_of(ORDERS), "http://127.0.0.1:9", settings=configuration.upstreams)
        service = Service(held, configuration=configuration)
        listener = bind("127.0.0.1", 0)
        running = Running(service.runtime, listener.getsockname()[1], Seen())
        async with service.working(), serving(service.runtime, listener, 1.0):
            assert (await running.call("GET", "/erp/v1/orders"))[0] == 502
            assert (await running.call("GET", "/erp/v1/orders"))[0] == 503
            return service.details(), service.metrics.exposition()

    details, metrics = asyncio.run(scenario())
    assert details["upstreams"] == {"http://127.0.0.1:9": {"breaker": "open"}}
    assert details["settings for nothing"] == ["Orders: GET /nowhere"]
    assert b'lading_gateway_breaker_state{state="open",upstream="http://127.0.0.1:9"} 1.0' in metrics
    assert b'lading_gateway_breaker_total{upstream="http://127.0.0.1:9",what="refused"} 1.0' in metrics


def test_it_tells_when_each_certificate_expires(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    host = Pair(*authority.issue("host", hosts=["api.example"], days=10), names=("api.example",))
    service = Service(orders())
    service.runtime.certificates = Certificates(Tls(*authority.issue("gateway"), hosts=(host,)), ())
    told: Any = service.details()["certificate"]
    assert told["problem"] == ""
    assert told["hosts"] == {"api.example": told["expires"]}  # it is the first of the two


def test_that_no_schema_is_compiled_any_more_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = Workshop()
    monkeypatch.setattr(services, "WORKSHOP", workshop)

    async def scenario() -> tuple[dict[str, object], dict[str, object], bytes]:
        service = Service(orders())
        well = service.details()
        workshop.failed(Unusable("no memory may be executed here"))
        return well, service.details(), service.metrics.exposition()

    well, unwell, metrics = asyncio.run(scenario())
    assert "compiled schemas" not in well
    assert unwell["compiled schemas"] == {"problem": "no memory may be executed here"}
    assert b"lading_gateway_compiled_schemas 0.0" in metrics
