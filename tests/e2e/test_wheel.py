"""The built wheel, in an empty environment, run from another folder."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import Up

pytestmark = pytest.mark.slow
PACKAGES = (
    "contracts",
    "gateway",
    "lading",
    "linters",
    "migrations",
    "policies",
    "portal",
    "registry",
    "specs",
)
CARRIED = (".html", ".css", ".js", ".yaml", ".json", ".ini", ".mako")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_carries_every_file_that_runs_or_is_read(root: Path, wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.split("\n")
    wanted = {
        name
        for name in tracked
        if name.startswith(tuple(f"{p}/" for p in PACKAGES)) and name.endswith((".py", *CARRIED))
    }
    assert sorted(wanted - carried) == []
    assert not [name for name in carried if name.startswith(("tests/", "benchmarks/"))]


def test_the_wheel_runs_from_an_empty_environment(
    root: Path, wheel: Path, tmp_path: Path, up: Callable[..., Up]
) -> None:
    uv = [sys.executable, "-m", "uv", "--quiet"]
    environment = tmp_path / "environment"
    python = environment / "bin" / "python"
    subprocess.run([*uv, "venv", "--python", sys.executable, str(environment)], check=True)
    subprocess.run(
        [
            *uv,
            "pip",
            "install",
            "--python",
            str(python),
            "--require-hashes",
            "-r",
            str(root / "requirements" / "runtime.txt"),
        ],
        check=True,
    )
    subprocess.run([*uv, "pip", "install", "--python", str(python), "--no-deps", str(wheel)], check=True)

    running = up([str(environment / "bin" / "lading"), "up"])
    running.wait_ready()
    assert httpx.get(f"{running.url}/readyz").status_code == 200
    assert running.stop() == 0
