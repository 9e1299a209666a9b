import asyncio

from gateway.metrics import Metrics, gauges_of

from .world import GOOD, HEADERS, answering, running


def test_calls_are_counted_by_operation_and_outcome() -> None:
    metrics = Metrics()

    async def scenario() -> str:
        async with running(answering(201, GOOD), observers=(metrics,)) as gateway:
            metrics.watch(gauges_of(gateway.runtime))
            await gateway.call("POST", "/erp/v1/orders", GOOD, HEADERS)
            await gateway.call("POST", "/erp/v1/orders", b"{}", HEADERS)
            await gateway.call("GET", "/erp/v1/orders/ab1")
            await gateway.exchange(b"nonsense\r\n\r\n")
            return metrics.exposition().decode()

    text = asyncio.run(scenario())
    assert 'calls_total{contract="Orders",operation="POST /orders",outcome="ok",status="201"} 1.0' in text
    assert (
        'calls_total{contract="Orders",operation="POST /orders",outcome="violation",status="422"} 1.0' in text
    )
    assert 'refused_total{reason="invalid-request"} 2.0' in text
    assert 'bad_requests_total{reason="bad-request"} 1.0' in text
    assert "lading_gateway_seconds_count 3.0" in text
