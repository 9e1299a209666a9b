"""What every test may ask for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real contracts and conformance cases beside the project; skips where it is absent.

    `LADING_SHARED` names it where it lies elsewhere.
    """
    folder = Path(os.environ.get("LADING_SHARED", ROOT.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"needs the shared contracts and cases, and {folder} is not there")
    return folder


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """230 real contracts, messages and EDI interchanges."""
    return shared / "corpus"


@pytest.fixture(scope="session")
def conformance(shared: Path) -> Path:
    """Other projects' test cases, as data."""
    return shared / "conformance"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright. There is one: a second could not start beside it."""
    if not Path(CHROMIUM).exists():
        reason = f"needs {CHROMIUM}: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # most runs need no browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def event_loop_of_its_own(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lets a test start an event loop although a browser is open in the same worker.

    Playwright's synchronous interface keeps its loop marked as running for as long as the browser lives, and
    `asyncio.run` refuses to start beside it.
    """
    browser = None if "chromium" in request.fixturenames else asyncio._get_running_loop()
    if browser is None:
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(browser)
