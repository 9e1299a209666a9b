"""Callers of every kind at a gateway process, and what the process tells about them: nothing secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from oidc_provider_mock import User, run_server_in_thread

from gateway.evidence.passwords import hashed
from tests.gateway import redis_server, registry
from tests.gateway.callers import people
from tests.gateway.desk import Desk, basic, bearer, wait_for
from tests.gateway.world import KEY

PARTNER = "planted-partner-key-" + "p" * 40
PASSWORD = "planted-password"
HOOK = b"planted-hook-secret-of-32-bytes!"
CERTIFICATE = b"planted certificate"


def configuration(desk: Desk, issuer: str) -> str:
    return f"""
[[issuers]]
issuer = "https://issuer.example"
jwks = "{desk.server}/keys"
audience = ["orders"]
schemes = ["oauth", "bearer"]

[[issuers]]
issuer = "{issuer}"
audience = ["orders-client"]
client = ["sub"]
schemes = ["people"]

[introspection]
url = "{desk.server}/introspect"
client_id = "gateway"
client_secret_env = "CLIENT_SECRET"

[certificates]
proxies = ["127.0.0.1"]

[signatures.hook]
secrets_env = ["HOOK_OLD", "HOOK_NEW"]
consumer = "acme-wms"

[consumers.acme-wms]
clients = ["ada"]
certificates = ["{hashlib.sha256(CERTIFICATE).hexdigest()}"]
api_keys = ["{hashlib.sha256(PARTNER.encode()).hexdigest()}"]
password = "{hashed(PASSWORD.encode(), n=1024, r=1)}"

[limits]
redis_env = "REDIS_URL"
when_away = "allow-local"
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A real OpenID Connect provider."""
    with run_server_in_thread(user_claims=[User(sub="ada")]) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, issuer: str) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("callers")
    held = Desk(folder)
    held.prepare()
    (folder / "redis").mkdir()
    with redis_server.serving(folder / "redis", "planted-redis") as redis:
        secrets = {
            "CLIENT_SECRET": "planted-client-secret",
            "HOOK_OLD": "whsec_" + base64.b64encode(HOOK).decode(),
            "HOOK_NEW": "whsec_" + base64.b64encode(b"planted-new" * 4).decode(),
            "REDIS_URL": redis.url,
        }
        with held.gateway(configuration(held, issuer), **secrets):
            yield held
    held.close()


def now_token(**changes: object) -> str:
    return people.token(**{"iat": int(time.time()), "exp": int(time.time()) + 300, **changes})


def signed(body: str, secret: bytes = HOOK, age: int = 0) -> dict[str, str]:
    moment = int(time.time()) - age
    digest = hmac.digest(secret, f"m1.{moment}.{body}".encode(), hashlib.sha256)
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": "m1", "webhook-timestamp": str(moment), "webhook-signature": signature}


def id_token(issuer: str) -> str:
    """What the provider gives to a person who signs in."""
    query = {
        "client_id": "orders-client", "redirect_uri": "https://client.example/back", "response_type": "code",
        "scope": "openid", "state": "s",
    }  # fmt: skip
    agreed = httpx.post(
        f"{issuer}/oauth2/authorize", params=query, data={"sub": "ada", "action": "allow"}, timeout=20
    )
    code = parse_qs(urlsplit(agreed.headers["location"]).query)["code"][0]
    told = httpx.post(
        f"{issuer}/oauth2/token",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": query["redirect_uri"]},
        auth=("orders-client", "any"),
        timeout=20,
    )
    return str(told.json()["id_token"])


def client_cert(der: bytes = CERTIFICATE) -> dict[str, str]:
    return {"client-cert": ":" + base64.b64encode(der).decode() + ":"}


def test_api_keys(desk: Desk) -> None:
    ours, partner = KEY.decode(), {"x-partner-key": PARTNER}
    assert desk.reason("key", partner) == (200, "")
    assert desk.seen[-1][1]["lading-consumer"] == "c1"
    assert desk.seen[-1][1]["x-partner-key"] == PARTNER
    assert desk.reason("key", {"x-partner-key": ours}) == (200, "")
    assert "x-partner-key" not in desk.seen[-1][1]
    assert desk.reason(f"query?api_key={ours}&n=1") == (200, "")
    assert desk.seen[-1][0] == "/query?n=1"
    assert desk.reason("cookie", {"cookie": f"a=1; session={ours}"}) == (200, "")
    assert desk.seen[-1][1]["cookie"] == "a=1"
    assert desk.reason("key") == (401, "no-key")
    assert desk.reason("key", {"x-partner-key": "planted-wrong"}) == (401, "unknown-key")


def test_tokens_that_are_verified_here(desk: Desk) -> None:
    assert desk.reason("token", bearer(now_token())) == (200, "")
    assert desk.seen[-1][1]["lading-consumer"] == "c1"
    assert desk.reason("bearer", bearer(now_token())) == (200, "")
    assert desk.reason("admin", bearer(now_token())) == (403, "insufficient-scope")
    assert desk.reason("token", bearer(now_token(exp=int(time.time()) - 60))) == (401, "invalid-token")
    assert desk.reason("token", bearer(now_token(aud="x"))) == (401, "invalid-token")
    assert desk.reason("token") == (401, "no-token")
    answer = desk.post("admin", bearer(now_token()))
    assert 'error="insufficient_scope", scope="admin"' in answer.headers["www-authenticate"]


def test_tokens_that_the_authorization_server_is_asked_about(desk: Desk) -> None:
    desk.active["planted-opaque"] = {"active": True, "scope": "read", "client_id": "acme-wms"}
    for _ in range(3):
        assert desk.reason("token", bearer("planted-opaque")) == (200, "")
    assert desk.asked.count("planted-opaque") == 1
    assert desk.reason("token", bearer("planted-inactive")) == (401, "invalid-token")


def test_tokens_of_a_real_provider(desk: Desk, issuer: str) -> None:
    token = id_token(issuer)
    assert desk.reason("people", bearer(token)) == (200, "")
    assert desk.seen[-1][1]["lading-consumer"] == "c1"
    head, payload, signature = token.split(".")
    changed = f"{head}.{payload}.{signature[:-10]}{'A' * 10}"
    assert desk.reason("people", bearer(changed)) == (401, "invalid-token")
    assert desk.reason("people", bearer(now_token())) == (401, "invalid-token")


def test_certificates_that_the_front_proxy_passes_on(desk: Desk) -> None:
    assert desk.reason("certificate", client_cert()) == (200, "")
    assert desk.reason("certificate", client_cert(b"other")) == (401, "unknown-certificate")
    assert desk.reason("certificate") == (401, "no-certificate")
    digest = base64.urlsafe_b64encode(hashlib.sha256(CERTIFICATE).digest()).rstrip(b"=").decode()
    bound = bearer(now_token(cnf={"x5t#S256": digest}))
    assert desk.reason("token", {**bound, **client_cert()}) == (200, "")
    assert desk.reason("token", bound) == (401, "invalid-token")


def test_signed_messages(desk: Desk) -> None:
    assert desk.reason("hook", signed('{"n":1}'), '{"n":1}') == (200, "")
    assert desk.reason("hook", signed('{"n":1}', b"planted-new" * 4), '{"n":1}') == (200, "")
    assert desk.reason("hook", signed('{"n":1}'), '{"n":2}') == (401, "invalid-signature")
    assert desk.reason("hook", signed("{}", age=600)) == (401, "invalid-signature")


def test_passwords_only_where_the_contract_says_so(desk: Desk) -> None:
    for _ in range(2):
        assert desk.reason("password", basic("acme-wms", PASSWORD)) == (200, "")
    assert desk.reason("password", basic("acme-wms", "planted-wrong")) == (401, "wrong-password")
    assert desk.reason("password", basic("nobody", PASSWORD)) == (401, "wrong-password")
    assert desk.reason("token", basic("acme-wms", PASSWORD)) == (401, "no-token")


def test_alternatives(desk: Desk) -> None:
    partner, token = {"x-partner-key": PARTNER}, bearer(now_token())
    assert desk.reason("both", {**partner, **token}) == (200, "")
    assert desk.reason("both", partner) == (401, "no-token")
    assert desk.reason("both", token) == (401, "no-key")
    assert desk.reason("either", partner) == desk.reason("either", token) == (200, "")
    assert desk.reason("maybe") == desk.reason("open") == (200, "")
    assert desk.reason("digest", {"authorization": "Digest planted"}) == (503, "scheme-not-evaluated")


def test_nothing_secret_is_told(desk: Desk) -> None:
    """After calls with secrets in every place, good and bad, each output is searched for them."""
    planted = "planted-everywhere"
    answers = [
        desk.post(path, headers, body)
        for path in ("key", "token", "hook", "password", "certificate", "open", "maybe")
        for headers in (
            {"x-partner-key": planted, "x-other": planted, "cookie": f"session={planted}"},
            bearer(planted),
            basic(planted, planted),
            {**signed("{}"), "webhook-id": planted},
            {"client-cert": planted},
        )
        for body in ("{}", f'{{"n":"{planted}"}}', planted)
    ]
    answers += [desk.post(f"{path}?api_key={planted}") for path in ("query", "open")]
    metrics = httpx.get(f"{desk.url}/-/metrics").text
    ready = httpx.get(f"{desk.url}/-/readyz").text
    assert 'lading_gateway_identity_total{outcome="ok",source="introspection"}' in metrics
    assert 'lading_gateway_limits_total{by="shared"}' in metrics
    wait_for(lambda: registry.batches(desk.folder / "registry"), "observations")
    wait_for(lambda: b'"reason":"invalid-signature"' in desk.log.read_bytes(), "the log")
    outputs = {
        "log": desk.log.read_bytes(),
        "metrics": metrics.encode(),
        "ready": ready.encode(),
        "answers": b"".join(answer.content + repr(answer.headers).encode() for answer in answers),
        **{
            str(path): path.read_bytes()
            for folder in (desk.folder / "data", desk.folder / "registry")
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file() and "contents" not in path.parts and path.name != "key.json"
        },
    }
    secrets = {
        b"planted", base64.b64encode(b"planted")[:8], KEY, base64.b64encode(HOOK), people.token().encode()[:40],
        base64.b64encode(b"acme-wms:planted")[:20], hashlib.sha256(PARTNER.encode()).hexdigest().encode(),
    }  # fmt: skip
    assert any("spool" in name for name in outputs)
    found = [(name, secret) for name, held in outputs.items() for secret in secrets if secret in held]
    assert found == []
