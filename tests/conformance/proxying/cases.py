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
from gateway.snapshot.snapshot import Snapshot
from gateway.verdicts import Decision, Header, Request, Response

Case: TypeAlias = Mapping[str, Any]
VERDICTS = {
    "not-found": "not-found",
    "method-not-allowed": "method-not-allowed",
    "no-credentials": "unauthorized",
    "media-type": "unsupported-media-type",
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
    return Request(held["method"], path, query, headers, body_of(held), held.get("scheme") or "http")


def response_of(case: Case) -> Response | None:
    held = case.get("response")
    return Response(held["status"], headers_of(held), body_of(held)) if held else None


def verdict_of(decision: Decision) -> str:
    """The decision in the words of the data."""
    if decision.refusal is None:
        return "accept"
    return VERDICTS.get(decision.refusal.code, "reject-request")


def told(decision: Decision) -> str:
    if decision.refusal is None:
        return f"unvalidated: {decision.unvalidated}" if decision.unvalidated else ""
    return "; ".join(
        f"{fault.place} {fault.pointer}: {fault.message}" for fault in decision.refusal.faults[:3]
    )


__all__ = [
    "Case",
    "Snapshot",
    "api_of",
    "body_of",
    "build_api",
    "cases",
    "headers_of",
    "request_of",
    "response_of",
    "told",
    "verdict_of",
]
