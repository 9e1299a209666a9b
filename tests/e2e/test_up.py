"""`lading up`, from the source tree: alive on the first page, stopped by Ctrl-C, found again the second time."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.e2e.conftest import Up

COMMAND = [sys.executable, "-m", "lading", "up"]
pytestmark = pytest.mark.slow


HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def follow(client: httpx.Client, link: str) -> httpx.Response:
    """Opens a sign-in link and, as a person would, confirms it: mail scanners open links too."""
    page = client.get(link)
    if "Sign me in" not in page.text:
        return page
    return client.post(
        "/sign-in/link", data=dict(HIDDEN.findall(page.text)), headers={"Origin": str(client.base_url)}
    )


@contextmanager
def signed_in(up: Up) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=up.url, follow_redirects=True, timeout=30) as client:
        page = follow(client, up.sign_in)
        assert page.status_code == 200, page.text
        assert "Dispatch desk" in page.text
        yield client


def closed(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_the_first_page_is_alive_and_a_second_run_finds_its_data(up: Callable[..., Up]) -> None:
    first = up(COMMAND)
    first.wait_ready()
    with signed_in(first) as client:
        home = client.get("/").text
        assert "refused" in home.lower()
        assert "acme" in home.lower(), "the consumer that still calls the deprecated version is named"
        violations = client.get("/violations")
        assert violations.status_code == 200
        assert "last-mile" in violations.text
        for name in ("orders", "warehouse", "last-mile", "invoices", "shipment-milestones"):
            assert name in client.get("/catalogue").text
    assert first.stop() == 0
    assert closed(first.port)
    assert closed(first.gateway_port)

    again = up(COMMAND)
    again.wait_ready()
    with signed_in(again) as client:
        assert "last-mile" in client.get("/catalogue").text
    assert again.stop() == 0


def test_a_sign_in_link_opens_once(up: Callable[..., Up]) -> None:
    running = up(COMMAND)
    running.wait_ready()
    with signed_in(running) as client:
        assert client.get("/").status_code == 200
    with httpx.Client(base_url=running.url, follow_redirects=True) as other:
        assert "used already" in follow(other, running.sign_in).text
        assert other.get("/").url.path == "/sign-in"


def test_calls_without_a_key_are_refused_by_the_gateway(up: Callable[..., Up]) -> None:
    running = up(COMMAND)
    running.wait_ready()
    answer = httpx.get(f"{running.gateway}/erp/orders/v2/orders")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            COMMAND,
            env={**os.environ, "LADING_PORT": str(port), "LADING_DATA": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert "LADING_PORT=" in done.stderr
    assert "Traceback" not in done.stderr
