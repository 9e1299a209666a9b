"""A seeded registry behind a real server on a free port, people who are signed in, and a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

import portal
from registry.api import create_app
from registry.services import identity
from registry.services.registry import Registry, Settings

from .seeds import ADMIN, VIEWER, Seeded, seed

WIDTHS = (1280, 390)


@dataclass(frozen=True, slots=True)
class Site:
    """A running portal and what is in it."""

    url: str
    seeded: Seeded

    @property
    def registry(self) -> Registry:
        return self.seeded.registry

    def client(self, email: str | None = ADMIN) -> httpx.Client:
        """Somebody's session, as a browser without scripts has it."""
        cookies = {identity.COOKIE: self.seeded.sessions[email]} if email else {}
        return httpx.Client(base_url=self.url, cookies=cookies, headers={"Origin": self.url}, timeout=60)


def opened(folder: Path) -> Registry:
    return Registry.open(Settings(data=folder, database_url=f"sqlite:///{folder / 'lading.db'}"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seeded]:
    """The seeded database, closed: tests that write take a copy of it."""
    folder = tmp_path_factory.mktemp("portal")
    registry = opened(folder)
    seeded = seed(registry)
    registry.close()
    return folder, seeded


def serve(folder: Path, seeded: Seeded) -> Iterator[Site]:
    registry = opened(folder)
    app = create_app(registry)
    portal.mount(app, registry)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", replace(seeded, registry=registry))
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()
    registry.close()


@pytest.fixture(scope="session")
def site(template: tuple[Path, Seeded], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The portal for tests that only read."""
    folder = tmp_path_factory.mktemp("reading") / "data"
    shutil.copytree(template[0], folder)
    yield from serve(folder, template[1])


@pytest.fixture
def fresh(template: tuple[Path, Seeded], tmp_path: Path) -> Iterator[Site]:
    """A portal of its own for a test that writes."""
    folder = tmp_path / "data"
    shutil.copytree(template[0], folder)
    yield from serve(folder, template[1])


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    """Ada, an admin, reading."""
    with site.client() as made:
        yield made


@pytest.fixture
def viewer(site: Site) -> Iterator[httpx.Client]:
    """Vic, who may look and nothing else."""
    with site.client(VIEWER) as made:
        yield made


@pytest.fixture
def stranger(site: Site) -> Iterator[httpx.Client]:
    """Somebody who is not signed in."""
    with site.client(None) as made:
        yield made


@dataclass(slots=True)
class Window:
    """A browser window, and what its console complained about."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page


Opener = Callable[..., Window]


@pytest.fixture
def window(chromium: Browser) -> Iterator[Opener]:
    """Opens windows: `window(site, width=390, theme="dark", email=…)`; `scripts=False` turns scripts off."""
    contexts = []

    def opener(
        site: Site,
        *,
        width: int = 1280,
        theme: str = "light",
        email: str | None = ADMIN,
        scripts: bool = True,
    ) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if email:
            context.add_cookies(
                [{"name": identity.COOKIE, "value": site.seeded.sessions[email], "url": site.url}]
            )
        made = Window(context.new_page(), site)
        made.page.on(
            "console",
            lambda message: (
                made.complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield opener
    for context in contexts:
        context.close()
