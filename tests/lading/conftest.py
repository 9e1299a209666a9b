"""Commands run in this process, on a registry of their own: in the data folder, or behind a real server."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from lading import cli
from lading.app import create, open_registry
from lading.commands.serve import _listening
from lading.settings import Settings
from registry.domain.access import SYSTEM, Scope
from registry.services import publishing, teams, tokens
from tests.registry.examples import orders, proposal


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lading = Callable[..., Ended]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with erp/orders 1.0.0, to copy from."""
    folder = tmp_path_factory.mktemp("kept")
    registry = open_registry(Settings(data=folder))
    with registry.unit(SYSTEM) as context:
        teams.put_team(context, "order-desk")
        teams.put_domain(context, "erp")
    assert publishing.publish(registry, SYSTEM, proposal()).status == "stored"
    registry.close()
    return folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with orders.yaml as it is published; nothing is set but the data folder."""
    for name in [one for one in os.environ if one.startswith("LADING_") and one != "LADING_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LADING_DATA", str(tmp_path / "data"))
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "orders.yaml").write_bytes(orders())
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def filled(here: Path, tmp_path: Path, kept: Path) -> Path:
    """The working folder, with a data folder that holds erp/orders 1.0.0."""
    shutil.copytree(kept, tmp_path / "data")
    return here


@pytest.fixture
def lading(here: Path, capfd: pytest.CaptureFixture[str]) -> Lading:
    """Runs a command. Whatever happens, no traceback is shown."""

    def run(*arguments: str) -> Ended:
        capfd.readouterr()
        with pytest.raises(SystemExit) as raised:
            cli.main(arguments)
        told = capfd.readouterr()
        assert "Traceback" not in told.err, told.err
        assert isinstance(raised.value.code, int)
        return Ended(raised.value.code, told.out, told.err)

    return run


@pytest.fixture
def server(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server that holds erp/orders 1.0.0; the commands talk to it, with a token for everything."""
    app = create(Settings(data=tmp_path / "data"))
    with app.state.registry.unit(SYSTEM) as context:
        token = tokens.issue(context, "tests", list(Scope)).text
    listener = _listening("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    running = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    monkeypatch.setenv("LADING_REGISTRY_URL", address)
    monkeypatch.setenv("LADING_TOKEN", token)
    monkeypatch.setenv("LADING_DATA", str(tmp_path / "unused"))
    yield address
    running.should_exit = True
    thread.join(20)
    listener.close()
    app.state.registry.close()


@pytest.fixture
def away(here: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a registry that is not there."""
    with _listening("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    monkeypatch.setenv("LADING_REGISTRY_URL", address)
    return address
