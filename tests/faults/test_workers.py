"""Several workers on one port: killed, replaced, with a registry that comes and goes; what was counted is exact."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.gateway import registry
from tests.gateway.world import GOOD

from .test_gateway_processes import SENT, Place, place, process, wait_for

__all__ = ["place"]


@contextmanager
def workers(place: Place, count: int = 3, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {"LADING_GATEWAY_CONFIG": str(place.patient), **environment}
    with process(
        "lading", "gateway", "--port", str(place.port), "--workers", str(count), "--no-access-log", log=place.folder / "gateway.log",
        LADING_REGISTRY_URL=f"http://127.0.0.1:{place.registry_port}", LADING_TOKEN="t", LADING_DATA=str(place.folder / "data"), **environment,
    ) as child:  # fmt: skip
        yield child


def children(supervisor: subprocess.Popen[bytes]) -> list[int]:
    return [
        int(pid) for pid in Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
    ]


def up(place: Place, count: int) -> bool:
    told: dict[str, Any] = place.ready()
    states = [held["status"] for held in told.get("workers", {}).values()]
    return states == ["ready"] * count


def serials(place: Place) -> set[int]:
    return {held.get("bundle", {}).get("serial") for held in place.ready().get("workers", {}).values()}


def calls(place: Place, count: int) -> int:
    """Makes calls on connections of their own, all of which have to be answered as they should."""
    answers = [
        httpx.post(f"{place.url}/erp/v1/orders", content=GOOD, headers=SENT, timeout=30) for _ in range(count)
    ]
    assert Counter(answer.status_code for answer in answers) == {201: count}, [
        answer.text for answer in answers if answer.status_code != 201
    ]
    return count


def reported(place: Place) -> str:
    """What the registry and the disk hold of the counts, and what the processes said, for when they do not add up."""
    lines = [
        f"{batch['batch']}: {[(call['outcome'], call['status'], call['count']) for call in batch['calls']]}"
        for batch in registry.batches(place.registry)
    ]
    lines += [str(path) for path in sorted(place.folder.glob("data/gateway/spool*/*.keys"))]
    return "\n".join([*lines, (place.folder / "gateway.log").read_text()])


def test_killed_replaced_and_ended_no_observation_is_lost_and_none_counts_twice(place: Place) -> None:
    with place.start_registry() as desk, workers(place) as gateway:
        wait_for(lambda: up(place, 3), "the workers")
        made = calls(place, 30)
        desk.kill()
        desk.wait()
        made += calls(place, 30)
        victims = children(gateway)
        os.kill(victims[0], signal.SIGKILL)
        wait_for(lambda: len(children(gateway)) == 3 and victims[0] not in children(gateway), "a successor")
        wait_for(lambda: up(place, 3), "the workers again")
        made += calls(place, 30)
        gateway.send_signal(signal.SIGHUP)
        wait_for(lambda: not set(victims) & set(children(gateway)), "all to be replaced", 90)
        made += calls(place, 30)
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(40) == 0
    assert registry.calls(place.registry) < made
    # One process sends what six have left.
    with place.start_registry(), place.start_gateway():
        wait_for(place.ready, "the gateway alone")
        assert place.post() == 201
        made += 1
        try:
            wait_for(lambda: registry.calls(place.registry) >= made, "the counts of all", 60)
        except AssertionError:
            pytest.fail(f"{registry.calls(place.registry)} of {made} were counted:\n{reported(place)}")
        assert registry.calls(place.registry) == made, reported(place)


def test_killed_in_the_middle_of_calls_what_was_answered_is_counted(place: Place) -> None:
    answered, tried = [0] * 4, [0] * 4
    over = threading.Event()

    def load(number: int) -> None:
        while not over.is_set():
            tried[number] += 1
            try:
                answered[number] += place.post() == 201
            except httpx.TransportError:
                continue  # of a worker that was killed: it may have counted the call or not

    with place.start_registry(), workers(place, 2) as gateway:
        wait_for(lambda: up(place, 2), "the workers")
        threads = [threading.Thread(target=load, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        try:
            for turn in range(3):
                wait_for(lambda turn=turn: sum(answered) > 20 * turn, "calls")
                victim = children(gateway)[turn % 2]
                os.kill(victim, signal.SIGKILL)
                wait_for(lambda victim=victim: victim not in children(gateway), "the end of a worker")
                wait_for(lambda: up(place, 2), "a successor")
        finally:
            over.set()
            for thread in threads:
                thread.join(30)
        gateway.send_signal(signal.SIGTERM)
        assert gateway.wait(60) == 0
    assert sum(answered) > 40
    with place.start_registry(), place.start_gateway():
        wait_for(lambda: not list(place.folder.glob("data/gateway/spool*/*.keys")), "all to be sent", 60)
        assert sum(answered) <= registry.calls(place.registry) <= sum(tried), reported(place)


def test_a_reload_under_load_drops_no_call(place: Place) -> None:
    statuses: list[int | str] = []
    over = threading.Event()

    def load() -> None:
        # Who keeps a connection for longer than a gateway that is about to end does may find it closed.
        kept = httpx.Limits(keepalive_expiry=0.5)
        with httpx.Client(headers=SENT, timeout=20, limits=kept) as client:
            while not over.is_set():
                try:
                    statuses.append(client.post(f"{place.url}/erp/v1/orders", content=GOOD).status_code)
                except httpx.HTTPError as error:
                    statuses.append(repr(error))

    with place.start_registry(), workers(place, 2) as gateway:
        wait_for(lambda: up(place, 2), "the workers")
        before = children(gateway)
        threads = [threading.Thread(target=load) for _ in range(4)]
        for thread in threads:
            thread.start()
        gateway.send_signal(signal.SIGHUP)
        wait_for(lambda: not set(before) & set(children(gateway)), "all to be replaced", 90)
        over.set()
        for thread in threads:
            thread.join(30)
        assert set(statuses) == {201}
        assert len(statuses) > 20


def test_all_follow_the_bundle_from_one_folder(place: Place) -> None:
    with place.start_registry(), workers(place):
        wait_for(lambda: up(place, 3), "the workers")
        for serial in (2, 3, 4):
            registry.prepare(place.registry, place.upstream)
            wait_for(lambda serial=serial: serials(place) == {serial}, f"bundle {serial} everywhere")
    with workers(place):
        wait_for(lambda: up(place, 3), "the workers without the registry")
        assert serials(place) == {4}


def test_a_limit_is_one_for_all_workers(place: Place) -> None:
    registry.prepare(place.registry, place.upstream, text=LIMITED)
    with place.start_registry(), workers(place):
        wait_for(lambda: up(place, 3), "the workers")
        statuses = [place.post() for _ in range(40)]
    assert statuses.count(201) == 10
    assert statuses.count(429) == 30


def test_keys_in_memory_that_others_do_not_have_are_not_taken(place: Place) -> None:
    path = place.folder / "gateway.toml"
    path.write_text('[upstreams]\nidempotency = "accept"\n')
    with place.start_registry(), workers(place, 2, LADING_GATEWAY_CONFIG=str(path)):
        wait_for(lambda: up(place, 2), "the workers")
        answer = httpx.post(f"{place.url}/erp/v1/orders", content=GOOD, headers=SENT, timeout=10)
        assert (answer.status_code, answer.json()["type"]) == (
            503,
            "urn:lading:problem:idempotency-unavailable",
        )


def test_without_their_supervisor_workers_end(place: Place) -> None:
    with place.start_registry(), workers(place, 2) as gateway:
        wait_for(lambda: up(place, 2), "the workers")
        pids = children(gateway)
        gateway.kill()
        gateway.wait()
        wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids), "the end of the workers")


def test_a_port_that_others_serve_is_not_shared_with_them(place: Place, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with place.start_registry(), workers(place, 2):
        wait_for(lambda: up(place, 2), "the workers")
        other = Place(tmp_path / "other", place.upstream)
        other.port, other.registry_port = place.port, place.registry_port
        with workers(other, 2) as second:
            assert second.wait(60) == 2
        assert "Address already in use" in (other.folder / "gateway.log").read_text()
        assert place.post() == 201


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--workers", "0"), "greater than or equal to 1"),
        (
            ("--workers", "2", "--contract", "nowhere.yaml", "--upstream", "http://a"),
            "nowhere.yaml: No such file",
        ),
    ],
)
def test_what_is_wrong_is_told_once(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    with process("lading", "gateway", *arguments, log=tmp_path / "log", COLUMNS="200") as child:
        assert child.wait(60) == 2
    assert (tmp_path / "log").read_text().count(words) == 1


def test_the_setting_says_how_many_as_the_option_does(place: Place, tmp_path: Path) -> None:
    known = {
        "LADING_REGISTRY_URL": f"http://127.0.0.1:{place.registry_port}", "LADING_TOKEN": "t",
        "LADING_DATA": str(place.folder / "data"), "LADING_GATEWAY_PORT": str(place.port),
    }  # fmt: skip
    with (
        place.start_registry(),
        process("lading", "gateway", log=tmp_path / "log", LADING_GATEWAY_WORKERS="2", **known) as gateway,
    ):
        wait_for(lambda: up(place, 2), "the workers")
        assert len(children(gateway)) == 2
    with process("lading", "gateway", log=tmp_path / "log", LADING_GATEWAY_WORKERS="0", **known) as child:
        assert child.wait(60) == 2
    assert "It is from 1 to 128" in (tmp_path / "log").read_text()


LIMITED = """
openapi: 3.0.3
info: {title: Orders, version: 1.2.0}
x-rate-limit: {limit: 10, window: 3600}
paths:
  /orders:
    post:
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"201": {description: d, content: {application/json: {schema: {type: object}}}}}
"""
