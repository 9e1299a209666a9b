"""A gateway and a registry as processes of their own, killed and lied to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from lading.processes import free_port
from tests.gateway import registry
from tests.gateway.threads import elsewhere
from tests.gateway.world import GOOD, HEADERS, KEY, Seen, answering, upstream

ROOT = Path(__file__).resolve().parents[2]
SENT = {**{name.decode(): value.decode() for name, value in HEADERS}, "x-api-key": KEY.decode()}


@contextmanager
def process(*arguments: str, log: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=output,
            stderr=output,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait(10)


class Place:
    """One registry folder, one gateway folder, and their ports."""

    def __init__(self, folder: Path, upstream: str) -> None:
        self.folder = folder
        self.upstream = upstream
        self.registry = folder / "registry"
        self.registry_port, self.port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # Nobody is turned away for being late: where the machine is busy with other tests they are all late, and a call
        # that is answered by 503 says nothing about faults.
        self.patient = folder / "patient.toml"
        self.patient.write_text("[shedding]\nlag = false\n")

    def start_registry(self) -> Any:
        return process(
            "tests.gateway.registry",
            str(self.registry),
            str(self.registry_port),
            log=self.folder / "registry.log",
        )

    def start_gateway(self) -> Any:
        return process(
            "lading", "gateway", "--port", str(self.port), "--no-access-log", log=self.folder / "gateway.log",
            LADING_REGISTRY_URL=f"http://127.0.0.1:{self.registry_port}", LADING_TOKEN="t", LADING_DATA=str(self.folder / "data"),
            LADING_GATEWAY_CONFIG=str(self.patient),
        )  # fmt: skip

    def ready(self) -> dict[str, Any]:
        try:
            answer = httpx.get(f"{self.url}/-/readyz", timeout=2)
        except httpx.HTTPError:
            return {}
        return answer.json() if answer.status_code == 200 else {}

    def post(self) -> int:
        return httpx.post(f"{self.url}/erp/v1/orders", content=GOOD, headers=SENT, timeout=10).status_code


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 30.0) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A place whose upstream answers every order well."""
    with elsewhere(upstream(answering(201, GOOD), Seen())) as thread:
        held = Place(tmp_path, f"http://127.0.0.1:{thread.value}")
        registry.prepare(held.registry, held.upstream)
        yield held


def test_a_killed_gateway_loses_no_observation_and_none_counts_twice(place: Place) -> None:
    with place.start_registry() as desk:
        with place.start_gateway() as gateway:
            wait_for(place.ready, "the gateway")
            assert [place.post() for _ in range(5)] == [201] * 5
            wait_for(lambda: registry.calls(place.registry) == 5, "the first counts")
            desk.kill()
            desk.wait()
            assert [place.post() for _ in range(20)] == [201] * 20
            gateway.send_signal(signal.SIGKILL)
            gateway.wait()
        assert registry.calls(place.registry) == 5
    with place.start_registry(), place.start_gateway():
        wait_for(place.ready, "the gateway again")
        assert place.post() == 201
        wait_for(lambda: registry.calls(place.registry) >= 26, "the counts of both processes")
        assert registry.calls(place.registry) == 26


def test_it_starts_and_serves_without_the_registry(place: Place) -> None:
    with place.start_registry(), place.start_gateway() as gateway:
        wait_for(place.ready, "the gateway")
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(30) == 0
    with place.start_gateway():
        wait_for(place.ready, "the gateway on its own")
        assert [place.post() for _ in range(3)] == [201] * 3
        with place.start_registry():
            wait_for(lambda: registry.calls(place.registry) == 3, "the counts")


def test_a_lying_registry_changes_nothing(place: Place) -> None:
    with place.start_registry(), place.start_gateway():
        wait_for(place.ready, "the gateway")
        (place.registry / "lie").touch()
        registry.prepare(place.registry, place.upstream, state="retired")

        def complained() -> bool:
            return "signature" in place.ready().get("registry", {}).get("problem", "")

        wait_for(complained, "the complaint")
        assert place.post() == 201
        (place.registry / "lie").unlink()
        wait_for(lambda: place.ready()["bundle"]["serial"] == 2, "the bundle that is signed well")
        assert place.post() == 410


def test_a_bundle_is_swapped_under_load_without_a_dropped_call(place: Place) -> None:
    with place.start_registry(), place.start_gateway():
        wait_for(place.ready, "the gateway")
        statuses: list[int] = []
        with httpx.Client(headers=SENT, timeout=10) as client:
            for number in range(300):
                if number in (50, 120, 200):
                    registry.prepare(
                        place.registry, place.upstream, unknown_query="refuse" if number == 120 else "allow"
                    )
                statuses.append(client.post(f"{place.url}/erp/v1/orders", content=GOOD).status_code)
            wait_for(lambda: place.ready()["bundle"]["serial"] == 4, "the last bundle")
        assert set(statuses) == {201}
