from __future__ import annotations

import base64
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gateway.configuration import PLAIN, Configuration, configured
from gateway.evidence.passwords import hashed
from gateway.http.runtime import Timeouts
from gateway.idempotency.settings import Keeping
from gateway.malformed import Malformed
from gateway.pressure import Shedding
from gateway.tracing.tracer import Tracing
from gateway.upstreams.policy import Breaking, Checks, Course, Policy, Retries
from gateway.upstreams.settings import course_of, policy_of

SECRET = "whsec_" + base64.b64encode(b"planted-secret-of-the-hook").decode()
ENVIRONMENT = {
    "HOOK": SECRET,
    "HOOK_NEW": SECRET,
    "CLIENT": "planted",
    "REDIS": "redis://:planted@h/0",
    "OTLP": "x-key=planted%20key, x-team=a",
    "LIST": "x-key: planted",
}
WHOLE = f"""
forward_credentials = false

[[issuers]]
issuer = "https://issuer.example"
audience = ["orders"]
algorithms = ["ES256"]
skew = 5

[introspection]
url = "https://issuer.example/introspect"
client_id = "gateway"
client_secret_env = "CLIENT"

[certificates]
proxies = ["10.0.0.0/8", "2001:db8::1"]
header = "x-forwarded-client-cert"

[signatures.hook]
secrets_env = ["HOOK", "HOOK_NEW"]
consumer = "acme"

[consumers.acme]
clients = ["acme-client"]
certificates = ["spiffe://acme/wms"]
api_keys = ["{"A" * 64}"]
password = "{hashed(b"x", n=1024, r=1)}"

[limits]
redis_env = "REDIS"
when_away = "allow-local"

[tracing]
endpoint = "https://collector.example:4318"
headers_env = "OTLP"
ratio = 0.25
parents = false
response_header = "x-trace-id"
service = "edge"
resource = {{ "deployment.environment.name" = "test" }}

[idempotency]
age = 3600
unknown = "forward"

[shedding]
lag = false
in_flight = 500
bytes = 33554432

[upstreams]
timeout = 12.5
breaker = true
health = {{ path = "/healthz" }}

[contracts."erp/orders@2".operations."POST /orders"]
idempotency = "accept"
"""


def read(text: str) -> Configuration:
    return configured(tomllib.loads(text), ENVIRONMENT)


def test_all_of_it() -> None:
    found = read(WHOLE)
    trust = found.trust
    assert found.keeping == Keeping(age=3600, unknown="forward", redis="redis://:planted@h/0")
    assert read("").keeping == Keeping()
    assert found.shedding == Shedding(None, 500, 33_554_432)
    assert read("").shedding == Shedding(0.25, None, 536_870_912)
    assert found.upstreams.general["timeout"] == 12.5
    assert course_of(found.upstreams.of("erp/orders", 2), "POST /orders").keys == "accept"
    assert course_of(found.upstreams.of("erp/orders", 1), "POST /orders").keys == "off"
    assert trust.issuers["https://issuer.example"].algorithms == ("ES256",)
    assert trust.issuers["https://issuer.example"].skew == 5
    assert trust.introspection is not None
    assert trust.introspection.client_secret == "planted"
    assert trust.certificates.trusts("10.9.9.9")
    assert trust.signatures["hook"].secrets == (b"planted-secret-of-the-hook",) * 2
    assert trust.clients == {"acme-client": "acme"}
    assert trust.certificates_of == {"spiffe://acme/wms": "acme"}
    assert trust.digests == {b"\xaa" * 32: "acme"}
    assert list(trust.passwords) == ["acme"]
    assert trust.forward_credentials is False
    assert (found.consumers, found.redis, found.when_away) == (
        ("acme",),
        "redis://:planted@h/0",
        "allow-local",
    )
    assert found.tracing == Tracing(
        "https://collector.example:4318",
        (("x-key", "planted key"), ("x-team", "a")),
        0.25,
        False,
        "x-trace-id",
        "edge",
        (("deployment.environment.name", "test"),),
    )
    assert "planted" not in repr(found)


def test_nothing_is_what_there_is_without_a_file() -> None:
    assert configured({}, {}) == PLAIN


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"issuer": []}, "the whole"),
        ({"issuers": [{"issuer": "https://a.example"}]}, "issuers.0"),
        ({"issuers": [{"issuer": "https://a.example", "audience": []}]}, "issuers.0.audience"),
        ({"issuers": [{"issuer": "https://a", "audience": ["x"], "algorithms": ["HS256"]}]}, "algorithms"),
        ({"issuers": [{"issuer": "https://a", "audience": ["x"], "algorithms": ["none"]}]}, "algorithms"),
        ({"limits": {"redis_env": "MISSING"}}, "no MISSING"),
        ({"upstreams": {"timeout": 0}}, "upstreams.timeout"),
        ({"upstreams": {"health": {}}}, "upstreams.health"),
        ({"upstreams": {"breakers": True}}, "upstreams"),
        (
            {"contracts": {"a/b": {"operations": {"GET /": {"attempts": 1}}}}},
            "contracts.a/b.operations.GET /",
        ),
        ({"limits": {"redis_env": "CLIENT"}}, "CLIENT is no redis://"),
        ({"signatures": {"hook": {"secrets_env": ["CLIENT"]}}}, "signatures.hook"),
        ({"certificates": {"proxies": ["everyone"]}}, "everyone"),
        ({"consumers": {"a": {"password": "plain"}}}, "consumers.a.password"),
        ({"consumers": {"a": {"clients": ["x"]}, "b": {"clients": ["x"]}}}, "share one of their clients"),
        ({"consumers": {"a": {"api_keys": ["plain"]}}}, "api_keys"),
        ({"tracing": {}}, "tracing"),
        ({"tracing": {"endpoint": "http://ada:planted@c"}}, "tracing.endpoint"),
        ({"tracing": {"endpoint": "http://c", "ratio": 2}}, "tracing.ratio"),
        ({"tracing": {"endpoint": "http://c", "response_header": "a: b"}}, "tracing.response_header"),
        ({"tracing": {"endpoint": "http://c", "headers_env": "LIST"}}, "LIST is not a list"),
    ],
)
def test_what_is_not_understood_is_not_guessed(value: dict[str, Any], told: str) -> None:
    with pytest.raises(Malformed) as caught:
        configured(value, ENVIRONMENT)
    assert told in caught.value.message
    assert "planted" not in caught.value.message


def settings_of_the_guide() -> list[str]:
    guide = Path(__file__).resolve().parents[2] / "docs" / "guides" / "upstreams.md"
    return re.findall(r"<!-- settings -->\n```toml\n(.*?)```", guide.read_text(), re.DOTALL)


def test_what_the_guide_to_upstreams_says_holds_where_nothing_is_said() -> None:
    """Each block can be read, and its values are the usual ones, but for what its comments say."""
    upstreams, keys, shedding = (read(text) for text in settings_of_the_guide())
    said = upstreams.upstreams.of("other", 1)
    policy = policy_of({name: value for name, value in said.items() if name != "timeout"})
    assert policy == Policy(checks=Checks("/healthz"), breaking=Breaking(), retries=Retries())
    assert said["timeout"] == Timeouts().upstream
    assert course_of(upstreams.upstreams.of("erp/orders", 1), "POST /orders") == Course(5.0, 0, "off")
    assert keys.keeping == Keeping()
    assert course_of(keys.upstreams.of("erp/orders", 1), "POST /orders").keys == "require"
    assert shedding.shedding == Shedding()
