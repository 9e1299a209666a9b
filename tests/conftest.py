"""What every test may ask for."""

from __future__ import annotations

import os
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
