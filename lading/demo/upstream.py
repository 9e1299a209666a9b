"""A simulated upstream: answers every operation of a contract with the contract's own example.

`python -m lading.demo.upstream CONTRACT PORT [--drift FIELD]`. With `--drift`, numbers under that name go out
as text, as happens when a system behind an interface is replaced and nobody told the interface.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson

from contracts.errors import ContractError
from contracts.model import HttpApi, MediaType, Operation, build
from lading.files import read_set

MAX_BODY = 1 << 20
"""Bytes of a request's body that are read; the body itself is of no interest."""


class Examples:
    """A contract's operations, and the answer that each of them documents."""

    def __init__(self, api: HttpApi, drift: str = "") -> None:
        self._api = api
        self._drift = drift
        self._routes = [(_pattern(operation.path), operation) for operation in api.operations]

    def answer(self, method: str, path: str) -> tuple[int, str, bytes]:
        """Status, media type and body for a request; 404 where the contract has no such operation."""
        for pattern, operation in self._routes:
            if operation.method == method and pattern.fullmatch(path):
                return self._documented(operation)
        return 404, "application/problem+json", orjson.dumps({"title": "No such operation", "status": 404})

    def _documented(self, operation: Operation) -> tuple[int, str, bytes]:
        status, response = min(operation.responses.items(), key=lambda item: item[0])
        code = int(status) if status.isdecimal() else 200
        for name, media in response.content.items():
            if (example := self._example(media)) is not None:
                return code, name, orjson.dumps(drifted(example, self._drift))
        return code, "", b""

    def _example(self, media: MediaType) -> Any:
        if "example" in media.raw:
            return media.raw["example"]
        for example in media.raw.get("examples", {}).values():
            if "$ref" in example:
                example = self._api.documents.resolve(example["$ref"], media.origin.source).value
            if "value" in example:
                return example["value"]
        return None


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile("[^/]+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", template)))


def drifted(value: Any, field: str) -> Any:
    """The same value, with numbers under the name `field` written as text."""
    if not field:
        return value
    if isinstance(value, list):
        return [drifted(item, field) for item in value]
    if isinstance(value, Mapping):
        return {
            key: str(item) if key == field and isinstance(item, int | float) else drifted(item, field)
            for key, item in value.items()
        }
    return value


def server(examples: Examples, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers from the examples. Port 0 takes a free one."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MAX_BODY))
            status, media_type, body = examples.answer(self.command, unquote(self.path.partition("?")[0]))
            self.send_response(status)
            if media_type:
                self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815 - names that http.server looks for

        def log_message(self, format: str, *args: Any) -> None:
            """The gateway in front keeps the log."""

    ThreadingHTTPServer.daemon_threads = True
    return ThreadingHTTPServer((host, port), Handler)


def main(arguments: list[str]) -> None:
    contract, port, *rest = arguments
    api = build(read_set(Path(contract)))
    if not isinstance(api, HttpApi):
        raise ContractError("not-http", "A simulated upstream needs an OpenAPI contract.", contract)
    drift = rest[1] if rest[:1] == ["--drift"] else ""
    server(Examples(api, drift), "127.0.0.1", int(port)).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
