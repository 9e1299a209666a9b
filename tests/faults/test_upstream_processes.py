"""Upstreams as processes of their own, killed, stopped and started under load; the disk that the gateway counts on full."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from lading.processes import free_port
from tests.gateway import redis_server, registry
from tests.gateway.world import GOOD, HEADERS, ORDERS

from .test_gateway_processes import ROOT, Place, process, wait_for
from .upstream import BODY

CONFIGURATION = """
[upstreams]
connect_timeout = 1.0
ejection = {failures = 3, seconds = 0.5, longest = 1.0}
retries = {attempts = 2, budget = 0.5, reserve = 200, base = 0.005, try_timeout = 0.5}
"""


class Farm:
    """Three upstreams and a gateway in front of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.ports = [free_port() for _ in range(3)]
        self.running: dict[int, subprocess.Popen[bytes]] = {}
        self._stack = contextlib.ExitStack()

    def start(self, number: int) -> None:
        port = self.ports[number]
        self.running[number] = self._stack.enter_context(
            process("tests.faults.upstream", str(port), log=self.folder / f"upstream-{number}.log")
        )

    def wait(self, *numbers: int) -> None:
        for number in numbers:
            wait_for(lambda port=self.ports[number]: answers(port), f"upstream {number}")

    def said(self, number: int) -> str:
        return (self.folder / f"upstream-{number}.log").read_text()

    def kill(self, number: int) -> None:
        self.running[number].kill()
        self.running[number].wait(10)

    def address(self, number: int) -> str:
        return f"http://127.0.0.1:{self.ports[number]}"

    def start_gateway(self, configuration: str = CONFIGURATION, *options: str, **environment: str) -> None:
        (self.folder / "orders.yaml").write_text(ORDERS)
        (self.folder / "gateway.toml").write_text(configuration)
        upstreams = [word for number in range(3) for word in ("--upstream", self.address(number))]
        self._stack.enter_context(
            process(
                "lading", "gateway", "--contract", str(self.folder / "orders.yaml"), *upstreams,
                "--config", str(self.folder / "gateway.toml"), "--port", str(self.port), "--no-access-log",
                *options, log=self.folder / "gateway.log", **environment,
            )
        )  # fmt: skip
        wait_for(self.ready, f"the gateway: {self.folder / 'gateway.log'}")

    def ready(self) -> dict[str, Any]:
        try:
            answer = httpx.get(f"{self.url}/-/readyz", timeout=2)
        except httpx.HTTPError:
            return {}
        return answer.json() if answer.status_code == 200 else {}

    def unwell(self) -> dict[str, Any]:
        """What readiness tells of the upstreams."""
        return next(iter(self.ready().get("upstreams", {}).values()), {})

    def close(self) -> None:
        self._stack.close()


def answers(port: int) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://127.0.0.1:{port}/erp/v1/orders", timeout=2).status_code == 200
    return False


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[Farm]:
    held = Farm(tmp_path)
    try:
        for number in range(3):
            held.start(number)
        held.wait(0, 1, 2)
        yield held
    finally:
        held.close()


class Load:
    """Calls without a pause from several clients, until it is told to stop."""

    def __init__(self, url: str, clients: int = 8) -> None:
        self._url = url
        self._clients = clients
        self._going = True
        self.statuses: Counter[int] = Counter()

    async def run(self, scenario: Any) -> None:
        """Runs `scenario` in a thread while the load lasts."""
        async with httpx.AsyncClient(timeout=20) as client:
            clients = [asyncio.ensure_future(self._call(client)) for _ in range(self._clients)]
            try:
                await asyncio.to_thread(scenario)
            finally:
                self._going = False
            await asyncio.gather(*clients)

    async def _call(self, client: httpx.AsyncClient) -> None:
        while self._going:
            answer = await client.get(f"{self._url}/erp/v1/orders?limit=5")
            assert answer.status_code != 200 or answer.content == BODY
            self.statuses[answer.status_code] += 1

    def more(self, calls: int) -> None:
        """Waits until so many more calls are over."""
        before = self.statuses.total()
        wait_for(lambda: self.statuses.total() >= before + calls, "calls")


def test_a_killed_upstream_costs_no_call_and_comes_back(farm: Farm) -> None:
    farm.start_gateway()
    load = Load(farm.url)

    def scenario() -> None:
        load.more(100)
        farm.kill(0)
        wait_for(lambda: farm.address(0) in farm.unwell(), "the ejection")
        load.more(100)
        farm.start(0)
        wait_for(lambda: farm.unwell() == {}, "its return")
        load.more(100)

    asyncio.run(load.run(scenario))
    assert set(load.statuses) == {200}
    metrics = httpx.get(f"{farm.url}/-/metrics").text
    assert f'lading_gateway_upstream_state{{state="well",upstream="{farm.address(0)}"}} 1.0' in metrics
    assert 'lading_gateway_retries_total{reason="connect"' in metrics


def test_an_upstream_that_accepts_and_never_answers_is_left_out(farm: Farm) -> None:
    """Its process is stopped: the kernel takes connections and bytes, nobody reads them."""
    farm.start_gateway()
    load = Load(farm.url)

    def scenario() -> None:
        load.more(50)
        farm.running[1].send_signal(signal.SIGSTOP)
        wait_for(lambda: farm.address(1) in farm.unwell(), "the ejection")
        load.more(50)
        farm.running[1].send_signal(signal.SIGCONT)
        wait_for(lambda: farm.unwell() == {}, "its return")

    try:
        asyncio.run(load.run(scenario))
    finally:
        farm.running[1].send_signal(signal.SIGCONT)
    assert set(load.statuses) == {200}


def test_an_upstream_that_is_killed_in_the_middle_of_its_answer(farm: Farm) -> None:
    """Half an answer is no answer: nothing of it gets through, and it is not tried again by itself."""
    farm.start_gateway("[upstreams]\nretries = {attempts = 1, base = 0.005}\nejection = false\n")

    def half() -> httpx.Response:
        return httpx.get(f"{farm.url}/erp/v1/orders?limit=13", timeout=20)

    async def scenario() -> httpx.Response:
        waiting = asyncio.ensure_future(asyncio.to_thread(half))
        await asyncio.to_thread(
            wait_for, lambda: any("half" in farm.said(one) for one in range(3)), "half of it"
        )
        for number in range(3):
            farm.kill(number)
        return await waiting

    answer = asyncio.run(scenario())
    assert (answer.status_code, answer.json()["type"]) == (502, "urn:lading:problem:upstream-failed")
    assert "in the middle of its response" in answer.json()["detail"]
    assert "A-1" not in answer.text


def test_a_full_disk_costs_counts_that_are_told_and_no_call(tmp_path: Path, farm: Farm) -> None:
    """The gateway may write no file that is long enough for its counts; later it may."""
    place = Place(tmp_path, farm.address(0))
    registry.prepare(place.registry, place.upstream)
    with place.start_registry():
        full = [
            sys.executable, "-c",
            "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY));"
            "sys.argv = ['lading', 'gateway', '--port', sys.argv[1], '--no-access-log']; runpy.run_module('lading', run_name='__main__')",
            str(place.port),
        ]  # fmt: skip
        known = {
            "LADING_REGISTRY_URL": f"http://127.0.0.1:{place.registry_port}", "LADING_TOKEN": "t",
            "LADING_DATA": str(tmp_path / "data"),
        }  # fmt: skip
        with (tmp_path / "gateway.log").open("wb") as log:
            gateway = subprocess.Popen(full, cwd=ROOT, env={**os.environ, **known}, stdout=log, stderr=log)
        try:
            wait_for(place.ready, "the gateway")
            assert [place.post() for _ in range(5)] == [201] * 5
            told = place.ready()["observations"]
            assert told["dropped"] >= 5, "calls, and what else is counted of them"
            assert told["problem"]
            resource.prlimit(
                gateway.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            )
            assert [place.post() for _ in range(3)] == [201] * 3
            wait_for(lambda: registry.calls(place.registry) == 3, "the counts of the time with room")
            assert place.ready()["observations"]["dropped"] == told["dropped"]
        finally:
            gateway.terminate()
            assert gateway.wait(30) == 0
        assert registry.calls(place.registry) == 3


def test_workers_make_a_call_once_as_they_share_its_key(farm: Farm) -> None:
    """Many clients at once repeat one call; each of them may reach another worker."""
    kept = '[contracts.Orders.operations."POST /orders"]\nidempotency = "require"\n'

    async def repeated(times: int, *again: int) -> Counter[int]:
        async def once() -> int:
            async with httpx.AsyncClient(timeout=20) as client:
                headers = {name.decode(): value.decode() for name, value in HEADERS}
                while True:
                    answer = await client.post(f"{farm.url}/erp/v1/orders", content=GOOD, headers=headers)
                    if answer.status_code not in again:
                        assert answer.status_code != 201 or answer.content == GOOD
                        return answer.status_code
                    await asyncio.sleep(0.1)  # less than Retry-After asks for

        return Counter(await asyncio.gather(*(once() for _ in range(times))))

    with redis_server.serving(farm.folder) as redis:
        farm.start_gateway(
            kept + '[idempotency]\nredis_env = "KEYS"\n', "--workers", "3", KEYS=redis.url
        )  # fmt: skip
        # 503: on a busy machine Redis may take longer than it has.
        assert asyncio.run(repeated(20, 409, 503)) == {201: 20}
        made = sum(farm.said(number).count("made") for number in range(3))
        assert made == 1
        redis.kill()
        assert asyncio.run(repeated(5, 409)) == {503: 5}
        assert sum(farm.said(number).count("made") for number in range(3)) == 1
