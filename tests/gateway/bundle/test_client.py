import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.bundle.client import Away, Client
from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import Manifest
from gateway.bundle.store import Store
from gateway.malformed import Malformed
from gateway.snapshot.snapshot import Snapshot
from tests.gateway import registry


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    server = registry.server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Gateway:
    """A client, and the snapshots that it put in force."""

    def __init__(self, url: str, folder: Path) -> None:
        self.store = Store(folder)
        self.taken: list[Snapshot] = []

        def compile(manifest: Manifest) -> Snapshot:
            return compile_bundle(manifest, self.store.content)

        self.client = Client(url, "token", "default", self.store, compile, self.taken.append, wait=0)


def poll(gateway: Gateway, times: int = 1) -> list[bool]:
    async def polled() -> list[bool]:
        found = [await gateway.client.poll() for _ in range(times)]
        await gateway.client.close()
        return found

    return asyncio.run(polled())


def test_a_bundle_is_taken_over_once(tmp_path: Path) -> None:
    registry.prepare(tmp_path / "registry")
    with served(tmp_path / "registry") as url:
        gateway = Gateway(url, tmp_path / "gateway")
        assert poll(gateway, 2) == [True, False]
    assert [snapshot.serial for snapshot in gateway.taken] == [1]


def test_it_starts_from_disk_when_the_registry_is_away(tmp_path: Path) -> None:
    registry.prepare(tmp_path / "registry")
    with served(tmp_path / "registry") as url:
        poll(Gateway(url, tmp_path / "gateway"))
    again = Gateway(url, tmp_path / "gateway")
    assert again.client.start_from_disk()
    assert again.taken[0].serial == 1
    with pytest.raises(Away):
        poll(again)


def test_there_is_nothing_to_start_from_at_first(tmp_path: Path) -> None:
    assert not Gateway("http://127.0.0.1:9", tmp_path).client.start_from_disk()


def test_a_damaged_bundle_on_disk_is_not_used(tmp_path: Path) -> None:
    registry.prepare(tmp_path / "registry")
    with served(tmp_path / "registry") as url:
        poll(Gateway(url, tmp_path / "gateway"))
    (tmp_path / "gateway" / "bundle.jws").write_bytes(b"a.b.c")
    again = Gateway(url, tmp_path / "gateway")
    assert not again.client.start_from_disk()
    assert "on disk" in again.client.status.problem


def test_a_bad_signature_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    registry.prepare(folder)
    with served(folder) as url:
        gateway = Gateway(url, tmp_path / "gateway")

        async def scenario() -> None:
            await gateway.client.poll()
            registry.prepare(folder, access="open")
            (folder / "lie").touch()
            with pytest.raises(Malformed):
                await gateway.client.poll()
            assert gateway.client.status.refused == 1
            (folder / "lie").unlink()
            assert await gateway.client.poll()
            await gateway.client.close()

        asyncio.run(scenario())
    assert [snapshot.serial for snapshot in gateway.taken] == [1, 2]


def test_there_is_no_way_back_to_an_older_bundle(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    registry.prepare(folder)
    old = (folder / "manifest.json").read_bytes()
    registry.prepare(folder)
    with served(folder) as url:
        gateway = Gateway(url, tmp_path / "gateway")

        async def scenario() -> None:
            await gateway.client.poll()
            (folder / "manifest.json").write_bytes(old)
            with pytest.raises(Malformed, match="older"):
                await gateway.client.poll()
            await gateway.client.close()

        asyncio.run(scenario())
    assert [snapshot.serial for snapshot in gateway.taken] == [2]


def test_a_bundle_of_another_environment_is_not_taken(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    registry.prepare(folder)
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace('"environment": "default"', '"environment": "production"'))
    with served(folder) as url, pytest.raises(Malformed, match="production"):
        poll(Gateway(url, tmp_path / "gateway"))


def test_a_process_that_comes_late_with_an_older_bundle_leaves_the_newer_one(tmp_path: Path) -> None:
    """Two processes of one folder: while one was about to take a bundle over, the other took the next one."""
    registry.prepare(tmp_path / "registry")
    with served(tmp_path / "registry") as url:
        late, other = Gateway(url, tmp_path / "gateway"), Gateway(url, tmp_path / "gateway")
        assert poll(other) == [True]
        old = other.store.bundle()
        assert old is not None
        registry.prepare(tmp_path / "registry")
        newer = Gateway(url, tmp_path / "gateway")
        assert poll(newer) == [True]
        keys = newer.store.keys()
        assert keys is not None
        with pytest.raises(Away, match="newer"):
            asyncio.run(late.client._take_over(old, keys))
        assert late.taken == []
        assert newer.store.bundle() != old
        assert poll(late) == [True]
    assert [snapshot.serial for snapshot in late.taken] == [2]
