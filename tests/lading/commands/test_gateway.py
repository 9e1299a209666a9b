from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gateway.http.server import bind
from tests.gateway.world import ORDERS


def lading(*arguments: str, cwd: Path, wait: bool = True) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "lading", "gateway", *arguments],
        cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )  # fmt: skip
    if wait:
        process.wait(60)
    return process


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    assert process.stderr is not None
    return process.returncode, process.stderr.read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.yaml").write_text(ORDERS)
    (tmp_path / "events.yaml").write_text("asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\n")
    (tmp_path / "empty.yaml").write_text("openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\n")
    (tmp_path / "wrong.toml").write_text('[[issuers]]\nissuer = "https://a.example"\n')
    (tmp_path / "unset.toml").write_text('[limits]\nredis_env = "NOT_THERE"\n')
    return tmp_path


UPSTREAM = ("--upstream", "http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--contract", "orders.yaml"), "--upstream names where calls go"),
        (("--contract", "missing.yaml", *UPSTREAM), "missing.yaml: No such file"),
        (("--contract", "events.yaml", *UPSTREAM), "describes events"),
        (("--contract", "empty.yaml", *UPSTREAM), "declares no operations"),
        (("--contract", "orders.yaml", *UPSTREAM, "--mode", "strict"), "It is one of enforce, monitor, off"),
        (("--contract", "orders.yaml", *UPSTREAM, "--base-path", "x"), "begins with a slash"),
        (("--contract", "orders.yaml", *UPSTREAM, "--rule", "one_way=maybe"), "one of refuse, allow"),
        (("--contract", "orders.yaml", *UPSTREAM, "--unknown-query", "x"), "one of refuse, tell, allow"),
        (UPSTREAM, "--upstream needs --contract"),
        (("--learn", "d.yaml", "--contract", "orders.yaml", *UPSTREAM), "--learn makes a contract"),
        (("--learn", "d.yaml"), "--upstream names where calls go"),
        (("--contract", "orders.yaml", "--upstream", "http://ada:planted@h"), "no user, no password"),
        (("--contract", "orders.yaml", *UPSTREAM, "--config", "none.toml"), "none.toml: No such file"),
        (("--contract", "orders.yaml", *UPSTREAM, "--config", "orders.yaml"), "orders.yaml is not TOML"),
        (("--contract", "orders.yaml", *UPSTREAM, "--config", "wrong.toml"), "wrong.toml: issuers.0"),
        (
            ("--contract", "orders.yaml", *UPSTREAM, "--config", "unset.toml"),
            "the environment has no NOT_THERE",
        ),
    ],
)
def test_what_it_cannot_start_with_is_said_and_ends_with_2(
    folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, text = said(lading(*arguments, cwd=folder))
    assert code == 2
    assert words in text
    assert "planted" not in text
    assert "Traceback" not in text


def test_a_taken_port_is_a_clear_message(folder: Path) -> None:
    held = bind("127.0.0.1", 0)
    port = str(held.getsockname()[1])
    code, text = said(lading("--contract", "orders.yaml", *UPSTREAM, "--port", port, cwd=folder))
    held.close()
    assert code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in text
    assert "--port" in text


def test_it_serves_a_contract_and_ends_when_told(folder: Path) -> None:
    process = lading("--contract", "orders.yaml", *UPSTREAM, "--port", "0", cwd=folder, wait=False)
    assert process.stderr is not None
    lines = [process.stderr.readline() for _ in range(3)]
    url = lines[1].strip()
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{url}/orders?limit=x", timeout=10)
    assert caught.value.code == 400
    assert json.loads(caught.value.read())["errors"][0]["pointer"] == "/limit"
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert json.loads(output.splitlines()[0])["operation"] == "GET /orders"


def test_it_takes_as_many_connections_as_the_system_allows(folder: Path) -> None:
    process = lading("--contract", "orders.yaml", *UPSTREAM, "--port", "0", cwd=folder, wait=False)
    assert process.stderr is not None
    process.stderr.readline()
    soft, hard = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert soft == hard or soft >= 65_536


def test_it_learns_from_what_it_passes_on(folder: Path) -> None:
    answer = b'{"sku":"SECRET"}'

    class Upstream(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    upstream = f"http://127.0.0.1:{server.server_address[1]}"
    process = lading("--learn", "draft.yaml", "--upstream", upstream, "--port", "0", cwd=folder, wait=False)
    assert process.stderr is not None
    lines = [process.stderr.readline() for _ in range(3)]
    assert "NOTHING IS CHECKED" in lines[0]
    url = lines[2].split()[2].rstrip(";")
    for number in range(3):
        urllib.request.urlopen(f"{url}/orders/{number}", timeout=10).read()
    with urllib.request.urlopen(f"{url}/-/draft", timeout=10) as told:
        assert b"/orders/{orderId}" in told.read()
    process.send_signal(signal.SIGTERM)
    _, text = process.communicate(timeout=20)
    server.shutdown()
    server.server_close()
    assert process.returncode == 0
    assert "draft.yaml: 1 operations from 3 exchanges." in text
    draft = (folder / "draft.yaml").read_text()
    assert f"- url: {upstream}" in draft
    assert "SECRET" not in draft


def test_two_gateways_do_not_share_a_folder(folder: Path) -> None:
    from gateway.observations.spool import Spool

    spool = Spool(folder / ".lading" / "gateway" / "spool")
    code, text = said(lading("--port", "0", cwd=folder))
    spool.close()
    assert code == 2
    assert "Another gateway uses" in text
