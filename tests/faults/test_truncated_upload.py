"""An upload that breaks off stores nothing, and the registry goes on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from lading.app import create
from lading.settings import Settings
from registry.domain.access import SYSTEM, Scope
from registry.services import Registry, contracts, gates, teams, tokens
from tests.registry.examples import orders

BODY = (
    b'--b\r\nContent-Disposition: form-data; name="owner"\r\n\r\norder-desk\r\n'
    b'--b\r\nContent-Disposition: form-data; name="root"\r\n\r\norders.yaml\r\n'
    b'--b\r\nContent-Disposition: form-data; name="files"; filename="orders.yaml"\r\n'
    b"Content-Type: application/yaml\r\n\r\n%s\r\n--b--\r\n"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, str, Registry]]:
    """A running registry: its port, a token that may publish, and the registry itself."""
    app = create(Settings(data=tmp_path))
    registry: Registry = app.state.registry
    with registry.unit(SYSTEM) as context:
        teams.put_domain(context, "erp")
        teams.put_team(context, "order-desk")
        token = tokens.issue(context, "ci", [Scope.CONTRACTS_WRITE, Scope.CONTRACTS_READ]).text
    running = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=running.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1], token, registry
        running.should_exit = True
        thread.join()
    registry.close()


def stored(registry: Registry) -> tuple[int, int]:
    with registry.unit.read(SYSTEM) as context:
        return contracts.count(context), len(gates.browse(context).items)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_connection_that_breaks_in_the_middle_stores_nothing(
    share: float, server: tuple[int, str, Registry]
) -> None:
    port, token, registry = server
    body = BODY % orders()
    head = (
        f"POST /v1/contracts/erp/orders/versions HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Authorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + body[: int(len(body) * share)])
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(200)
    assert not answer.startswith((b"HTTP/1.1 2", b"HTTP/1.1 5"))
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    assert stored(registry) == (0, 0)


@pytest.mark.parametrize(("cut", "statuses", "expected"), [(0, {201}, (1, 1)), (40, {400, 422}, (0, 0))])
def test_a_body_is_stored_whole_or_not_at_all(
    cut: int, statuses: set[int], expected: tuple[int, int], server: tuple[int, str, Registry]
) -> None:
    port, token, registry = server
    body = BODY % orders()
    answer = httpx.post(
        f"http://127.0.0.1:{port}/v1/contracts/erp/orders/versions",
        content=body[: len(body) - cut],
        headers={"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=b"},
        timeout=30,
    )
    assert answer.status_code in statuses, answer.text
    assert stored(registry) == expected
