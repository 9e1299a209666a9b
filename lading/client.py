"""The registry as the command line talks to it: over HTTP, or, where none is configured, in this very process.

Both ways go through the same API, so that they cannot differ.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from contracts.references import DocumentSet
from registry.domain import names
from registry.domain.errors import DomainError

from .outcome import CouldNotTell
from .settings import Settings, load

TIMEOUT = httpx.Timeout(30.0, connect=5.0, read=180.0)
"""Judging a large contract takes seconds; a registry that is away should be noticed at once."""


class Refusal(Exception):
    """The registry understood and said no. `problem` is its problem document (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.problem = problem
        super().__init__(str(self))

    @property
    def code(self) -> str:
        return str(self.problem.get("code", self.status))

    def __str__(self) -> str:
        place = ":".join(
            str(self.problem[key]) for key in ("source", "line", "column") if key in self.problem
        )
        parts = (f"{place}:" if place else "", self.problem.get("detail", ""), self.problem.get("advice", ""))
        return " ".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a contract as they are sent, named relative to the folder that holds them all."""

    root: str
    contents: Mapping[str, bytes]

    @classmethod
    def of(cls, documents: DocumentSet) -> Files:
        """The root and what it refers to. Their names do not depend on the folder that one stands in."""
        contents = {name: document.content for name, document in documents.documents.items()}
        contents.setdefault(documents.root.source, documents.root.content)
        paths = {name: PurePosixPath(name) for name in contents}
        shared = _shared_folder([path.parent.parts for path in paths.values()])
        short = {name: "/".join(path.parts[shared:]) for name, path in paths.items()}
        return cls(short[documents.root.source], {short[name]: data for name, data in contents.items()})


class _Transport(Protocol):
    where: str

    def send(self, method: str, path: str, options: Mapping[str, Any]) -> httpx.Response: ...

    def close(self) -> None: ...


class Client:
    """`with Client.open(settings) as client:`. Every method raises `CouldNotTell` for a registry that is away."""

    def __init__(self, transport: _Transport) -> None:
        self._transport = transport

    @classmethod
    def open(cls, settings: Settings) -> Client:
        """The registry that `LADING_REGISTRY_URL` names; without one, that of the data folder itself."""
        return cls(_Remote(settings) if settings.registry_url else _Local(settings))

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._transport.close()

    @property
    def where(self) -> str:
        """The registry's address, or the database's, for people."""
        return self._transport.where

    def call(self, method: str, *path: str, **options: Any) -> Any:
        """One call of the API; the parts of the path are quoted. Raises `Refusal` for a problem document."""
        response = self._transport.send(
            method, "/v1/" + "/".join(quote(part, safe="@") for part in path), options
        )
        if response.status_code >= 500:
            raise CouldNotTell(
                f"the registry at {self.where} failed ({response.status_code}).", "Its log says why."
            )
        if response.status_code >= 400:
            problem = _json(response, self.where)
            if not isinstance(problem, dict):
                problem = {"detail": f"it answered {response.status_code}."}
            if response.status_code in (401, 403):
                raise CouldNotTell(
                    f"the registry does not let us: {problem.get('detail', '')}",
                    "Set LADING_TOKEN to a token that may do this.",
                )
            raise Refusal(response.status_code, problem)
        return None if response.status_code == 204 else _json(response, self.where)

    def pages(self, *path: str, **query: Any) -> Iterator[Any]:
        """Every item of a list, however many pages it has."""
        wanted = {key: value for key, value in query.items() if value is not None}
        after = None
        while True:
            page = self.call(
                "GET", *path, params={**wanted, "limit": 200, **({"after": after} if after else {})}
            )
            yield from page["items"]
            after = page.get("after")
            if after is None:
                return

    def publish(self, contract: str, files: Files, **facts: str | None) -> dict[str, Any]:
        """`{status: stored|unchanged|refused, version, gate_run}`. Raises `Refusal` for all but the gate's no."""
        try:
            return dict(self._upload(contract, "versions", files, facts))
        except Refusal as refusal:
            if refusal.code != "gate-refused":
                raise
            return {"status": "refused", "version": None, "gate_run": refusal.problem["gate_run"]}

    def check(self, contract: str, files: Files, **facts: str | None) -> dict[str, Any]:
        """The gate run of a candidate that is not stored."""
        return dict(self._upload(contract, "gate", files, facts))

    def contract(self, identity: str) -> dict[str, Any]:
        return dict(self.call("GET", "contracts", *_split(identity)))

    def version(self, identity: str, number: str = "latest") -> dict[str, Any]:
        return dict(self.call("GET", "contracts", *_split(identity), "versions", number))

    def files(self, identity: str, number: str = "latest") -> Files:
        """The files of a stored version."""
        version = self.version(identity, number)
        contents = {name: self._content(digest) for name, digest in version["files"].items()}
        return Files(version["root"], contents)

    def _content(self, digest: str) -> bytes:
        response = self._transport.send("GET", f"/v1/contents/{digest}", {})
        if response.status_code != 200:
            raise CouldNotTell(
                f"the registry at {self.where} has no content {digest}.", "Its audit may say why."
            )
        return response.content

    def _upload(self, contract: str, what: str, files: Files, facts: Mapping[str, str | None]) -> Any:
        data = {"root": files.root, **{key: value for key, value in facts.items() if value is not None}}
        parts = [
            ("files", (name, content, "application/octet-stream")) for name, content in files.contents.items()
        ]
        return self.call("POST", "contracts", *_split(contract), what, data=data, files=parts)


class _Remote:
    def __init__(self, settings: Settings) -> None:
        self.where = settings.registry
        if not (settings.token.isascii() and settings.token.isprintable()):
            raise CouldNotTell("LADING_TOKEN is no token.", "One looks like lt_…, without spaces around it.")
        headers = {"Authorization": f"Bearer {settings.token}"} if settings.token else {}
        try:
            self._client = httpx.Client(base_url=self.where, headers=headers, timeout=TIMEOUT)
        except httpx.InvalidURL as error:
            raise CouldNotTell(
                f"LADING_REGISTRY_URL, {self.where!r}, is no address ({error}).",
                "Write it like http://127.0.0.1:8400.",
            ) from None

    def send(self, method: str, path: str, options: Mapping[str, Any]) -> httpx.Response:
        try:
            return self._client.request(method, path, **options)
        except httpx.TimeoutException:
            raise CouldNotTell(
                f"the registry at {self.where} did not answer in time.", "Try again later."
            ) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CouldNotTell(
                f"the registry at {self.where} cannot be reached ({error}).",
                "Is it running? `lading serve` starts one; LADING_REGISTRY_URL says where it is.",
            ) from None

    def close(self) -> None:
        self._client.close()


class _Local:
    """The API in this process, on the database of the data folder, as Lading itself."""

    def __init__(self, settings: Settings) -> None:
        # Imported here because talking to a server over HTTP needs neither a web framework nor a database.
        from registry.api import create_app
        from registry.api.calls import trusted
        from registry.domain.access import SYSTEM

        from .app import open_registry

        try:
            self._registry = open_registry(settings)
        except DomainError as error:
            raise CouldNotTell(error.message, error.advice) from None
        self.where = str(settings.data)
        self._app = trusted(create_app(self._registry), SYSTEM)
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=True)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://registry", timeout=None)  # noqa: S113 - nothing travels

    def send(self, method: str, path: str, options: Mapping[str, Any]) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()
        self._registry.close()


def _split(identity: str) -> tuple[str, str]:
    try:
        return names.split(identity)
    except DomainError as error:
        raise CouldNotTell(error.message, error.advice) from None


def _shared_folder(folders: list[tuple[str, ...]]) -> int:
    """How many leading folders all of them share."""
    count = 0
    for parts in zip(*folders, strict=False):
        if len(set(parts)) != 1:
            break
        count += 1
    return count


def _json(response: httpx.Response, where: str) -> Any:
    try:
        return response.json()
    except ValueError:
        raise CouldNotTell(
            f"{where} answered {response.status_code} with something that is no JSON.",
            "Is this address a Lading registry?",
        ) from None


def ask(method: str, *path: str, **options: Any) -> Any:
    """One call with the settings in force, for commands that make only one. Raises `CouldNotTell` for a refusal."""
    with Client.open(load()) as client:
        try:
            return client.call(method, *path, **options)
        except Refusal as refusal:
            raise CouldNotTell(str(refusal)) from None
