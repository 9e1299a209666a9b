from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from contracts.errors import UnresolvableReference
from contracts.limits import DEFAULT
from lading.linting.remote import fetch
from lading.linting.trust import Trust


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to"))
            self.end_headers()
            return
        self.send_response(200 if self.path.startswith("/rules/") else 404)
        self.end_headers()
        self.wfile.write(b"rules: {}\n")

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


def test_an_allowed_address_is_read(server: str) -> None:
    assert fetch(f"{server}/rules/a.yaml", Trust(urls=(f"{server}/rules",))) == b"rules: {}\n"


def test_redirects_lead_only_to_what_is_allowed_too(server: str) -> None:
    assert fetch(f"{server}/to/rules/a.yaml", Trust(urls=(server,))) == b"rules: {}\n"
    with pytest.raises(UnresolvableReference, match=r"leads to .*/rules/a\.yaml that was not allowed"):
        fetch(f"{server}/to/rules/a.yaml", Trust(urls=(f"{server}/to",)))
    with pytest.raises(UnresolvableReference, match="leads on and on"):
        fetch(f"{server}/to/to/to/to/to/rules/a.yaml", Trust(urls=(server,)))


def test_without_leave_nothing_is_asked() -> None:
    with pytest.raises(UnresolvableReference, match="not allowed") as caught:
        fetch("https://lint.invalid/a.yaml", Trust())
    assert caught.value.advice.endswith("--allow-url https://lint.invalid/a.yaml")


def test_what_cannot_be_read_is_said(server: str) -> None:
    with pytest.raises(UnresolvableReference, match="answers 404"):
        fetch(f"{server}/other", Trust(urls=(server,)))
    with pytest.raises(UnresolvableReference, match="more than 4 bytes"):
        fetch(f"{server}/rules/a", Trust(urls=(server,)), replace(DEFAULT, bytes=4))
    with pytest.raises(UnresolvableReference, match="cannot be read"):
        fetch("http://127.0.0.1:1/a", Trust(urls=("http://127.0.0.1:1",)))
