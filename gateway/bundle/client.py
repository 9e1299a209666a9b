"""The registry's client: waits for new bundles, and takes over only what is signed, whole and newer."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx

from gateway.malformed import Malformed
from gateway.snapshot.snapshot import EMPTY, Snapshot

from .beside import beside, let_go
from .manifest import Manifest, parse_manifest
from .signature import MOST, verified
from .store import Store

WAIT = 25
"""Seconds that the registry may hold a question for a newer bundle."""
FETCHES = 8
"""Contents that are fetched at the same time."""
_SLOWEST = 30.0


class Away(Exception):
    """The registry did not answer, or not usefully; to be tried again."""


@dataclass(slots=True)
class Status:
    """How it goes with the registry, for operators."""

    reached_at: str | None = None
    problem: str = ""
    failures: int = 0
    swaps: int = 0
    refused: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {
            "reached_at": self.reached_at,
            "problem": self.problem,
            "swaps": self.swaps,
            "refused": self.refused,
        }


class Client:
    """Follows the bundle of one environment.

    Each new manifest, verified and with all its contents in the store, is compiled in a thread of its own, and
    the snapshot is handed to `swap`. `keys` pins the registry's keys; without it the first ones that are seen are kept.
    """

    def __init__(
        self,
        registry: str,
        token: str,
        environment: str,
        store: Store,
        compile: Callable[[Manifest], Snapshot],
        swap: Callable[[Snapshot], None],
        *,
        keys: dict[str, Any] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        wait: int = WAIT,
    ) -> None:
        self._environment = environment
        self._store = store
        self._compile = compile
        self._swap = swap
        self._keys = keys
        self._wait = wait
        self._current: Manifest | None = None
        self._snapshot = EMPTY
        self._http = httpx.AsyncClient(
            base_url=registry,
            headers={"authorization": f"Bearer {token}"} if token else {},
            timeout=httpx.Timeout(10.0, read=wait + 10.0),
            transport=transport,
            verify=ssl.create_default_context() if registry.startswith("https") else True,
        )
        self.status = Status()

    def start_from_disk(self) -> bool:
        """Takes the last good bundle over, if there is one. Nothing is asked of the registry."""
        token, keys = self._store.bundle(), self._keys or self._store.keys()
        if token is None or keys is None:
            return False
        try:
            manifest = self._read(token, keys)
            self._snapshot = beside(partial(self._compile, manifest))
            self._swap(self._snapshot)
        except Malformed as error:
            self.status.problem = f"the bundle on disk is not used: {error.message}"
            return False
        self._current = manifest
        return True

    async def follow(self) -> None:
        """Asks for newer bundles until cancelled; waits longer after each failure, up to half a minute."""
        while True:
            try:
                await self.poll(self._wait)
            except (Away, Malformed) as error:
                self.status.problem = str(error)
                self.status.failures += 1
                most = min(_SLOWEST, 0.25 * 2 ** min(self.status.failures, 8))
                await asyncio.sleep(random.uniform(most / 2, most))  # noqa: S311 - jitter, not a secret
            else:
                self.status.failures = 0

    async def poll(self, wait: int = 0) -> bool:
        """Asks once. True where a new bundle was taken over.

        Raises `Away` where the registry cannot be asked, `Malformed` where its answer must not be used; the
        bundle in force stays.
        """
        keys = await self._known_keys()
        headers = {"if-none-match": f'"{self._current.id}"'} if self._current is not None else {}
        answer = await self._get(f"/v1/bundles/{self._environment}", headers, {"wait": wait} if wait else {})
        self.status.reached_at = datetime.now(UTC).isoformat(timespec="seconds")
        if answer.status_code == 304:
            self.status.problem = ""
            return False
        if answer.status_code != 200:
            raise Away(
                f"the registry answered {answer.status_code} when asked for the bundle of {self._environment}"
            )
        try:
            await self._take_over(answer.content, keys)
        except Malformed:
            self.status.refused += 1
            raise
        return True

    async def close(self) -> None:
        await self._http.aclose()

    def _read(self, token: bytes, keys: dict[str, Any]) -> Manifest:
        manifest = parse_manifest(verified(token, keys))
        if manifest.environment != self._environment:
            raise Malformed(
                f"the bundle is for {manifest.environment}, not {self._environment}", "environment"
            )
        return manifest

    async def _take_over(self, token: bytes, keys: dict[str, Any]) -> None:
        # What takes long, or waits for the disk, is done in threads: calls must not wait for it.
        manifest = await asyncio.to_thread(self._read, token, keys)
        if self._current is not None and manifest.serial < self._current.serial:
            raise Malformed(
                f"the bundle is older ({manifest.serial}) than the one in force ({self._current.serial})",
                "rollback",
            )
        if self._current is None or manifest.id != self._current.id:
            async with self._store.alone():
                await asyncio.to_thread(self._mind_others, manifest, keys)
                await self._fetch(manifest)
                made = await asyncio.to_thread(beside, partial(self._compile, manifest))
                before, self._snapshot = [self._snapshot], made
                self._swap(made)
                await asyncio.to_thread(self._keep, token, manifest)
            self._current = manifest
            self.status.swaps += 1
            await asyncio.to_thread(let_go, before)
        self.status.problem = ""

    def _mind_others(self, manifest: Manifest, keys: dict[str, Any]) -> None:
        """Another process of this folder may have a newer bundle by now, and what this one needs may be gone."""
        token = self._store.bundle()
        if token is None:
            return
        try:
            kept = self._read(token, keys)
        except Malformed:
            return  # what is on the disk is of no use, and is written anew
        if kept.serial > manifest.serial:
            raise Away(f"a newer bundle ({kept.serial}) has come meanwhile")

    def _keep(self, token: bytes, manifest: Manifest) -> None:
        """Keeps the contents of the bundle before as well: another process may not have got further yet."""
        self._store.keep_bundle(token)
        before = self._current.digests if self._current is not None else frozenset()
        self._store.prune(manifest.digests | before)

    def _missing(self, manifest: Manifest) -> list[str]:
        return [digest for digest in sorted(manifest.digests) if self._store.content(digest) is None]

    async def _fetch(self, manifest: Manifest) -> None:
        """Fetches the contents that are not in the store yet."""
        gate = asyncio.Semaphore(FETCHES)

        async def fetch(digest: str) -> None:
            async with gate:
                answer = await self._get(f"/v1/contents/{digest}", {}, {})
            if answer.status_code != 200:
                raise Away(
                    f"the registry answered {answer.status_code} when asked for a content of the bundle"
                )
            await asyncio.to_thread(self._store.keep_content, digest, answer.content)

        missing = await asyncio.to_thread(self._missing, manifest)
        await asyncio.gather(*(fetch(digest) for digest in missing))

    async def _known_keys(self) -> dict[str, Any]:
        keys = self._keys or self._store.keys()
        if keys is None:
            answer = await self._get("/v1/bundles/keys", {}, {})
            try:
                keys = answer.json() if answer.status_code == 200 else None
            except ValueError:
                keys = None
            if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
                raise Away(f"the registry answered {answer.status_code} when asked for its keys")
            self._store.keep_keys(keys)
        return keys

    async def _get(self, path: str, headers: dict[str, str], query: dict[str, int]) -> httpx.Response:
        try:
            answer = await self._http.get(path, headers=headers, params=query)
        except (httpx.HTTPError, OSError) as error:
            raise Away(f"the registry cannot be reached: {type(error).__name__}") from None
        if len(answer.content) > MOST:
            raise Away("the registry's answer is too large")
        return answer
