"""What every test may ask for."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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
