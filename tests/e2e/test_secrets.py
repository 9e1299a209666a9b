"""Secrets of every kind are planted, and every output of a gateway is searched for them.

The outputs: access log, the process's own log at its most talkative, metrics, readiness, spans, the files of its folder,
answers to callers, and what reaches the registry, its database and its pages.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import uvicorn

import portal
from gateway.evidence.passwords import hashed
from lading.processes import free_port
from registry.api import create_app
from registry.domain.access import SYSTEM, Scope
from registry.services import Registry, Settings, consumers, deployments, identity, publishing, tokens
from registry.services.identity import Grant, Role
from registry.services.publishing import Proposal
from tests.gateway import redis_server
from tests.gateway.desk import Desk, basic, bearer, contract, wait_for
from tests.gateway.tracing.collector import Collector, collecting

ROOT = Path(__file__).resolve().parents[2]
MARK = "pl4nt3d0815"
"""In every secret, so that one search finds whichever leaks."""
PARTNER = f"partner-{MARK}-" + "p" * 30
PASSWORD = f"password-{MARK}"
HOOK = base64.b64encode(f"hook-{MARK}-of-32-bytes-or-more!".encode()).decode()
COLLECTOR = f"collector-{MARK}"
REDIS = f"redis-{MARK}"
TALKATIVE = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from lading.cli import main
sys.argv = ["lading", *sys.argv[1:]]
main()
"""


@dataclass
class World:
    """The address of the gateway, the outputs so far, and what was planted beside the mark."""

    url: str
    registry_url: str
    folder: Path
    collector: Collector
    key: str
    token: str
    session: str
    answers: list[httpx.Response] = field(default_factory=list)

    def send(self, method: str, path: str, headers: dict[str, str], body: str | bytes = "") -> httpx.Response:
        answer = httpx.request(method, self.url + path, headers=headers, content=body, timeout=20)
        self.answers.append(answer)
        return answer

    def page(self, path: str) -> str:
        answer = httpx.get(
            self.registry_url + path,
            cookies={identity.COOKIE: self.session},
            timeout=30,
            follow_redirects=True,
        )
        assert answer.status_code == 200, path
        return answer.text


def configuration(collector: str) -> str:
    return f"""
[signatures.hook]
secrets_env = ["HOOK"]

[certificates]
proxies = ["127.0.0.1"]

[consumers.acme-wms]
api_keys = ["{hashlib.sha256(PARTNER.encode()).hexdigest()}"]
password = "{hashed(PASSWORD.encode(), n=1024, r=1)}"

[limits]
redis_env = "REDIS"
when_away = "allow-local"

[tracing]
endpoint = "{collector}"
headers_env = "OTLP"
response_header = "x-trace-id"
"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("secrets")
    desk = Desk(folder)
    registry = Registry.open(
        Settings(data=folder / "registry", database_url=f"sqlite:///{folder}/registry/lading.db")
    )
    key, token, session = prepared(registry, desk.upstream)
    server, address = serve(registry)
    (folder / "redis").mkdir()
    (folder / "data").mkdir()
    with collecting() as collector, redis_server.serving(folder / "redis", REDIS) as redis:
        (folder / "gateway.toml").write_text(configuration(collector.url))
        port = free_port()
        clean = {name: value for name, value in os.environ.items() if not name.startswith("LADING_")}
        environment = {
            **clean, "LADING_REGISTRY_URL": address, "LADING_TOKEN": token, "LADING_DATA": str(folder / "data"),
            "LADING_GATEWAY_CONFIG": str(folder / "gateway.toml"), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT),
            "LADING_GATEWAY_RULES": "unknown_properties=tell unknown_headers=allow", "PYTHONASYNCIODEBUG": "1",
            "HOOK": f"whsec_{HOOK}", "REDIS": redis.url, "OTLP": f"x-key={COLLECTOR}",
        }  # fmt: skip
        with (folder / "log.txt").open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, "-c", TALKATIVE, "gateway", "--port", str(port)],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        held = World(f"http://127.0.0.1:{port}", address, folder, collector, key, token, session)
        try:
            wait_for(lambda: ready(held.url), f"the gateway: {(folder / 'log.txt').read_text()[-2000:]}")
            yield held
        finally:
            if child.poll() is None:
                child.terminate()
            child.wait(30)
    server.should_exit = True
    desk.close()


def ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def prepared(registry: Registry, upstream: str) -> tuple[str, str, str]:
    """A contract that is served, a consumer's key, a gateway's token, an administrator's session."""
    text = contract().replace("version: 1.2.0}", "version: 1.2.0}\nservers: [{url: /o}]")
    proposal = Proposal("erp/orders", {"o.yaml": text.encode()}, "o.yaml", owner="erp", source="import")
    assert publishing.publish(registry, SYSTEM, proposal).version is not None
    with registry.unit(SYSTEM) as context:
        consumers.create(context, "acme-wms")
        consumers.subscribe(context, "acme-wms", "erp/orders", 1)
        key = consumers.issue_key(context, "acme-wms").text
        deployments.put(
            context, "erp/orders", 1, upstreams=[upstream], base_path="/o", access="open", security="verify"
        )
        scopes = frozenset({Scope.BUNDLES_READ, Scope.OBSERVATIONS_WRITE})
        token = tokens.issue(context, "gateway", scopes=scopes).text
        admin = identity.put_person(context, "ada@example.org", grants=[Grant(Role.ADMIN)])
        session = identity.start_session(context, admin, lifetime=timedelta(hours=1)).token
    return key, token, session


def serve(registry: Registry) -> tuple[uvicorn.Server, str]:
    app = create_app(registry)
    portal.mount(app, registry)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
    return server, f"http://127.0.0.1:{listener.getsockname()[1]}"


def test_nothing_secret_is_told_anywhere(world: World) -> None:
    plant(world)
    wait_for(
        lambda: httpx.get(f"{world.url}/-/readyz").json()["observations"]["waiting"] == 0, "the registry"
    )
    wait_for(lambda: len(world.collector.spans) >= len(world.answers), "spans")
    wait_for(
        lambda: (world.folder / "log.txt").read_bytes().count(b'"outcome"') >= len(world.answers), "the log"
    )
    outputs = told(world)
    assert_each_output_is_alive(outputs)
    secrets = [
        MARK, MARK.upper(), base64.b64encode(f"x:{PASSWORD}".encode())[4:24].decode(), HOOK[:24], world.key,
        world.token, hashlib.sha256(PARTNER.encode()).hexdigest(),
    ]  # fmt: skip
    found = [
        (name, secret, content[max(0, at - 200) : at + 60])
        for name, content in outputs.items()
        for secret in secrets
        if (at := content.find(secret.encode())) >= 0
    ]
    assert found == []


def plant(world: World) -> None:
    """Calls with secrets in every place that there is, well formed and not, to what is there and what is not."""
    ours = {"x-api-key": world.key}
    people: list[dict[str, str]] = [
        ours,
        bearer(world.key),
        bearer(f"token-{MARK}"),
        bearer(f"eyJ{MARK}.e30.{MARK}"),
        basic("acme-wms", PASSWORD),
        basic(f"user-{MARK}", f"wrong-{MARK}"),
        {"x-partner-key": PARTNER},
        {"x-partner-key": f"wrong-{MARK}", "x-other": MARK, f"x-{MARK}": "1"},
        {"cookie": f"session={MARK}; other={MARK}; {MARK}=1"},
        {
            "webhook-id": f"m-{MARK}",
            "webhook-timestamp": str(int(time.time())),
            "webhook-signature": f"v1,{MARK}",
        },
        {"client-cert": f":{base64.b64encode(MARK.encode()).decode()}:"},
        {"client-cert": MARK, "x-forwarded-client-cert": f"By={MARK};Hash={MARK}"},
        {
            "traceparent": f"00-{MARK}",
            "tracestate": f"a={MARK}",
            "user-agent": MARK,
            "referer": f"https://{MARK}",
        },
        {"accept": f"text/{MARK}", "forwarded": f"for={MARK}", "idempotency-key": MARK},
    ]
    bodies = [
        "{}",
        json.dumps({"n": MARK, "password": MARK, "secret": MARK, "token": {"value": [MARK]}}),
        json.dumps({MARK: MARK, "n": {MARK: {MARK: 1}}}),
        MARK,
    ]
    paths = ["key", "token", "password", "hook", "certificate", "either", "open", f"{MARK}/late", "nowhere"]
    for path in paths:
        for number, person in enumerate(people):
            sent = {"content-type": "application/json", **person}
            world.send("POST", f"/o/{path}", sent, bodies[number % len(bodies)])
    for path in (f"query?api_key={MARK}", f"open?{MARK}=1&token={MARK}", f"open?{MARK}", f"{MARK}?a={MARK}"):
        world.send("POST", f"/o/{path}", {"content-type": "application/json"}, bodies[1])
        world.send("GET", f"/o/{path}", ours)
    world.send("GET", f"/reset/{MARK}/{MARK.upper()}?{MARK}", {})
    for body in bodies:
        world.send("POST", "/o/open", {"content-type": "application/json"}, body)
    world.send("POST", "/o/open", {"content-type": f"application/{MARK}"}, MARK)
    world.send("POST", "/o/open", {"content-type": "application/json", "content-encoding": MARK}, MARK)


def told(world: World) -> dict[str, bytes]:
    """Everything that anybody can see of it."""
    pages = [
        "/violations", "/unknown", "/contracts/erp/orders/drift", "/contracts/erp/orders/callers", "/audit",
        "/consumers/acme-wms",
        *(f"/violations/{number}" for number in range(1, 4)),
    ]  # fmt: skip
    listed = [
        "/v1/violations?limit=200", "/v1/shadows?limit=200", "/v1/zombies", "/v1/contracts/erp/orders/callers",
        "/v1/contracts/erp/orders/versions/latest/drift",
    ]  # fmt: skip
    files = {
        str(path.relative_to(world.folder)): path.read_bytes()
        for folder in ("data", "registry")
        for path in sorted((world.folder / folder).rglob("*"))
        if path.is_file() and "keys" not in path.parts
    }
    return {
        "log": (world.folder / "log.txt").read_bytes(),
        "metrics": httpx.get(f"{world.url}/-/metrics").content,
        "readiness": httpx.get(f"{world.url}/-/readyz").content,
        "spans": b"".join(world.collector.raw),
        "answers": b"".join(answered(answer) for answer in world.answers if answer.status_code != 200),
        **{page: world.page(page).encode() for page in pages},
        **{path: world.page(path).encode() for path in listed},
        **files,
    }


def answered(answer: httpx.Response) -> bytes:
    """An answer without the names that its caller made up: they are told back, and nothing else of what was sent."""
    told = answer.json()
    for error in told.get("errors", []):
        error["pointer"] = error["pointer"].replace(MARK, "…")
        if error["code"] == "additionalProperties":
            error["message"] = error["message"].replace(MARK, "…")
    told["detail"] = told.get("detail", "").replace(f"/{MARK}:", "/…:").replace(f"/x-{MARK}:", "/…:")
    return json.dumps(told).encode() + repr(sorted(answer.headers.items())).encode()


def assert_each_output_is_alive(outputs: dict[str, bytes]) -> None:
    assert b"DEBUG:" in outputs["log"]
    assert b'"reason":"unknown-key"' in outputs["log"]
    assert b"lading_gateway_refused_total" in outputs["metrics"]
    assert b'"tracing"' in outputs["readiness"]
    assert b"lading.operation" in outputs["spans"]
    assert b"/o/{}/late" in outputs["/unknown"]
    assert b"fingerprint" in outputs["/v1/violations?limit=200"]
    assert any("spool" in name for name in outputs)
    assert any(name.endswith("lading.db") for name in outputs)
    assert b"urn:lading:problem:unknown-key" in outputs["answers"]
