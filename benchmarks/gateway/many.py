"""`python -m benchmarks.gateway.many PORT BUNDLES FOLDER`: a gateway that follows the bundles of a folder.

It starts with the first one and prints the processor time that took. SIGUSR1 has it ask for the next one; it then
prints how long taking that over took, in seconds.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path

import httpx
import uvloop

from gateway.bundle.beside import Pace
from gateway.bundle.client import Client
from gateway.bundle.compiling import compile_bundle
from gateway.bundle.manifest import Manifest
from gateway.bundle.store import Store
from gateway.http.server import bind
from gateway.service import Registry, Service, run
from gateway.snapshot.snapshot import Snapshot


class Published:
    """Answers as a registry does, with one bundle after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.revision = 0

    async def answer(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        path = {"keys": "keys.json", "default": f"{self.revision}.jws"}.get(name, f"contents/{name}")
        return httpx.Response(200, content=await asyncio.to_thread((self._folder / path).read_bytes))


async def live(port: int, bundles: Path, folder: Path) -> None:
    service = Service(registry=Registry("http://127.0.0.1:9", "", "default", "bench", folder))
    runtime, store, published = service.runtime, Store(folder / "bundles"), Published(bundles)

    def compile(manifest: Manifest) -> Snapshot:
        return compile_bundle(manifest, store.content, runtime.snapshot, rest=Pace().rest)

    transport = httpx.MockTransport(published.answer)
    client = Client("http://registry", "", "default", store, compile, runtime.swap, transport=transport)
    begun = time.process_time()
    await client.poll()
    print(f"{time.process_time() - begun:.3f}", flush=True)

    async def again() -> None:
        published.revision += 1
        begun = time.monotonic()
        await client.poll()
        print(f"{time.monotonic() - begun:.3f}", flush=True)

    tasks: set[asyncio.Task[None]] = set()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, lambda: tasks.add(loop.create_task(again())))
    await run(service, bind("127.0.0.1", port), grace=0.5)
    await client.close()


if __name__ == "__main__":
    uvloop.run(live(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
