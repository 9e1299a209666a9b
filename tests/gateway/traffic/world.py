"""Recordings for the tests of the audit."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gateway.traffic.auditing import Auditor
from gateway.traffic.reading import read_recording
from gateway.traffic.summary import Summary
from tests.gateway.world import orders

NOW = 1_793_000_000.0
HAR = Path(__file__).parents[2] / "cases" / "traffic" / "orders.har"
HERE = frozenset({"api.example"})


def entry(
    method: str,
    url: str,
    body: Any = None,
    status: int = 200,
    answer: Any = None,
    headers: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """An entry of an archive, with bodies of JSON."""
    typed = [{"name": "Content-Type", "value": "application/json"}]
    asked: dict[str, Any] = {
        "method": method,
        "url": url,
        "headers": [{"name": name, "value": value} for name, value in headers]
        + (typed if body is not None else []),
        "bodySize": 0,
    }
    if body is not None:
        asked["postData"] = {"mimeType": "application/json", "text": json.dumps(body)}
    content = {"size": 0} if answer is None else {"size": 1, "text": json.dumps(answer)}
    return {
        "startedDateTime": "2026-11-02T09:00:00Z",
        "request": asked,
        "response": {"status": status, "headers": typed if answer is not None else [], "content": content},
    }


def archive(*entries: Any) -> io.BytesIO:
    return io.BytesIO(json.dumps({"log": {"version": "1.2", "entries": list(entries)}}).encode())


def log(*lines: Any) -> io.BytesIO:
    return io.BytesIO("\n".join(map(json.dumps, lines)).encode())


def audited() -> Summary:
    """The audit of the archive that lies beside the tests."""
    with HAR.open("rb") as file:
        return Auditor(orders(), NOW, hosts=HERE).run(read_recording(file))
