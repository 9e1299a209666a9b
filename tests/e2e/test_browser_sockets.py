"""A browser that opens a WebSocket on the connection that it has already (RFC 8441)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from websockets.asyncio.server import ServerConnection

from gateway.http.entrance import Entrance, Http2
from gateway.http.tls import Tls
from tests.gateway.papers import Authority
from tests.gateway.threads import elsewhere
from tests.gateway.websockets.sockets import feed

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ECHO = """
message => new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://${location.host}/feed?depot=1`);
    socket.onerror = () => reject("it did not open");
    socket.onopen = () => socket.send(message);
    socket.onmessage = event => { socket.close(4000); resolve(event.data); };
})
"""
REFUSED = """
() => new Promise(resolve => {
    const socket = new WebSocket(`wss://${location.host}/plain`);
    socket.onclose = event => resolve(event.code);
})
"""


@pytest.mark.parametrize(("offered", "version"), [(True, "2.0 lading"), (False, "1.1 lading")])
def test_it_opens_them_in_streams_where_that_is_offered(
    chromium: Browser, tmp_path: Path, offered: bool, version: str
) -> None:
    ways: list[str] = []

    def answer(connection: ServerConnection, request: Any) -> Any:
        if "upgrade" in request.headers:
            ways.append(request.headers["via"])
            return None
        return connection.respond(200, "a page")

    tls = Tls(*Authority(tmp_path).issue("gateway"))
    scenario = feed(
        server={"process_request": answer, "max_size": None},
        entrance=Entrance(tls, Http2(websockets=offered)),
    )
    with elsewhere(scenario) as gateway:
        context = chromium.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(f"https://localhost:{gateway.value.port}/plain")
        for message in ("position", "x" * 1_000_000):
            assert page.evaluate(ECHO, message) == message
        assert page.evaluate(REFUSED) == 1006
        context.close()
    assert ways == [version, version]
