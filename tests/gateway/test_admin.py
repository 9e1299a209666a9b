import orjson

from gateway.admin import administration
from gateway.http.runtime import Runtime
from gateway.metrics import Metrics
from gateway.verdicts import Request

from .world import orders


def asked(path: bytes, runtime: Runtime | None = None, method: str = "GET") -> tuple[int, bytes]:
    answer = administration(runtime or Runtime(orders()), Metrics(), lambda: {"extra": 1})
    status, _, body = answer(Request(method, path))
    return status, body


def test_health_and_readiness() -> None:
    assert asked(b"/-/healthz")[0] == 200
    status, body = asked(b"/-/readyz")
    assert (status, orjson.loads(body)["contracts"], orjson.loads(body)["extra"]) == (200, 1, 1)


def test_without_a_bundle_or_at_the_end_it_is_not_ready() -> None:
    assert asked(b"/-/readyz", Runtime())[0] == 503
    ending = Runtime(orders())
    ending.draining = True
    assert asked(b"/-/readyz", ending)[0] == 503
    assert asked(b"/-/healthz", ending)[0] == 200


def test_metrics_and_nothing_else() -> None:
    assert b"lading_gateway_seconds" in asked(b"/-/metrics")[1]
    assert asked(b"/-/other")[0] == 404
    assert asked(b"/-/healthz", method="POST")[0] == 405
