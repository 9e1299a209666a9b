from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from lading import cli
from tests.gateway.envoy.world import ORDER, Upstream, free, started
from tests.gateway.world import ORDERS

POST = {"content-type": "application/json", "idempotency-key": "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.yaml").write_text(ORDERS)
    return tmp_path


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with contextlib.closing(Upstream()) as held:
        yield held


def test_envoy_runs_by_what_it_writes_and_asks_what_it_serves(folder: Path, upstream: Upstream) -> None:
    port = free()
    given = ["--contract", "orders.yaml", "--upstream", upstream.url, "--grpc", f"127.0.0.1:{free()}"]
    with pytest.raises(SystemExit) as ended:
        cli.main(["gateway-envoy", *given, "--listen", f"127.0.0.1:{port}", "--output", "envoy.json"])
    assert ended.value.code == 0
    words = [sys.executable, "-m", "lading", "gateway-envoy", *given]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        assert "questions are answered" in process.stderr.readline()
        with started(folder / "envoy.json", port) as client:
            assert client.post("/erp/v1/orders", content=ORDER, headers=POST).status_code == 201
            assert client.post("/erp/v1/orders", content=b"{}", headers=POST).status_code == 422
            upstream.body = b'{"sku":"s3cr3t"}'
            assert client.post("/erp/v1/orders", content=ORDER, headers=POST).status_code == 502
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=20)
    calls = [orjson.loads(line) for line in out.splitlines()]
    posts = [(call["status"], call["outcome"]) for call in calls if call["operation"] == "POST /orders"]
    assert posts == [(201, "ok"), (422, "violation"), (502, "violation")]
    assert "s3cr3t" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--contract", "orders.yaml"), "--upstream names where calls go"),
        (("--upstream", "http://127.0.0.1:9"), "--upstream needs --contract"),
        (
            ("--contract", "orders.yaml", "--upstream", "http://127.0.0.1:9", "--grpc", "8402"),
            "It is host:port",
        ),
        (
            ("--contract", "orders.yaml", "--upstream", "http://127.0.0.1:9", "--listen", "a:b"),
            "It is host:port",
        ),
    ],
)
def test_what_it_cannot_start_with_is_said(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["gateway-envoy", *arguments])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
