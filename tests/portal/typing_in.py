"""Forms as a browser without scripts sends them."""

from __future__ import annotations

import re

import httpx

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


def sent_to(client: httpx.Client, page: str, path: str, **fields: str) -> httpx.Response:
    """Sends a form to `path` with the token of a page."""
    token = TOKEN.search(client.get(page).text)
    assert token is not None
    return client.post(path, data={"csrf": token[1], **fields})


def sent(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    """Sends a page's own form."""
    return sent_to(client, path, path, **fields)
