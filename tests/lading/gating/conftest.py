from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .branches import build, git


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built") / "repository")


@pytest.fixture
def on(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Stands in a copy of the repository, on a branch of it."""

    def stand(branch: str) -> Path:
        folder = tmp_path / "repository"
        shutil.copytree(built, folder)
        git(folder, "checkout", "-q", branch)
        monkeypatch.chdir(folder)
        return folder

    return stand
