"""Cases as the data holds them, and the gateway put up for one of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from contracts.document import parse
from contracts.errors import UnresolvableReference
from contracts.model import HttpApi, build
from contracts.references import load
from gateway.verdicts import Header, Request, Response

Case: TypeAlias = Mapping[str, Any]
VERDICTS = {
    "not-found": "not-found",
    "method-not-allowed": "method-not-allowed",
    "no-credentials": "unauthorized",
    "media-type": "unsupported-media-type",
    "address-refused": "denied-by-policy",
}


def cases(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def api_of(case: Case, data: Path) -> HttpApi:
    """The model of the case's document; other files of the case are found beside it."""
    text = case.get("spec")
    if text is None:
        text = _spec(data / case["spec_ref"])
    files = tuple(sorted((case.get("spec_files") or {}).items()))
    return _api(text, case.get("spec_path") or "", files)


@cache
def _spec(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _api(text: str, name: str, files: tuple[tuple[str, str], ...]) -> HttpApi:
    held = dict(files)

    def retrieve(name: str) -> bytes:
        if name not in held:
            raise UnresolvableReference("reference-outside", f"{name} is not part of the case")
        return held[name].encode()

    document = parse(text.encode(), name, tolerant=True)
    api = build(load(document, retrieve))
    assert isinstance(api, HttpApi)
    return api


def build_api(text: str) -> HttpApi:
    """The model of a document without other files."""
    return _api(text, "", ())


def body_of(message: Mapping[str, Any]) -> bytes:
    if message.get("body_b64") is not None:
        return base64.b64decode(message["body_b64"])
    return (message.get("body") or "").encode()


def headers_of(message: Mapping[str, Any]) -> list[Header]:
    return [(name.lower().encode(), value.encode()) for name, value in message.get("headers") or ()]


def request_of(case: Case) -> Request:
    held = case["request"]
    target = held["target"].encode()
    path, _, query = target.partition(b"?")
    headers = headers_of(held)
    if held.get("host"):
        headers.append((b"host", held["host"].encode()))
    scheme = held.get("scheme") or "http"
    return Request(held["method"], path, query, headers, body_of(held), scheme, peer=_peer(case, headers))


def _peer(case: Case, headers: list[Header]) -> str:
    """Where the request comes from, as a front proxy would say that the project believes."""
    listed = (case.get("options") or {}).get("ip_allowlist")
    if not listed:
        return ""
    value = dict(headers).get(listed["header_name"].lower().encode(), b"")
    return value.decode().partition(",")[0].strip()


def response_of(case: Case) -> Response | None:
    held = case.get("response")
    return Response(held["status"], headers_of(held), body_of(held)) if held else None
