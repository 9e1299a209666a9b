"""A stand-in for the registry: serves signed bundles and takes batches in, as `python -m tests.gateway.registry`.

Its folder holds `manifest.json` (without signature), `contents/`, `key.json` and, once batches came, `batches.jsonl`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from joserfc import jws
from joserfc.jwk import OKPKey

from .world import KEY, ORDERS


def prepare(folder: Path, upstream: str = "http://127.0.0.1:9", **changes: Any) -> None:
    """Writes a bundle of one contract, one consumer and one plan; a second call is the next bundle."""
    (folder / "contents").mkdir(parents=True, exist_ok=True)
    if not (folder / "key.json").exists():
        key = OKPKey.generate_key("Ed25519", {"kid": "test"})
        (folder / "key.json").write_text(json.dumps(key.as_dict(private=True)))
    text = changes.pop("text", ORDERS)
    subscription = changes.pop("subscription", {})
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    (folder / "contents" / digest).write_text(text)
    path = folder / "manifest.json"
    serial = json.loads(path.read_text())["serial"] + 1 if path.exists() else 1
    contract = {
        "contract": "erp/orders",
        "version": "1.2.0",
        "state": "published",
        "root": "orders.yaml",
        "files": {"orders.yaml": digest},
        "base_path": "/erp/v1",
        "upstreams": [upstream],
        "upstream_path": "",
        "modes": {"request": "enforce", "response": "enforce"},
        "operations": {},
        "access": "key",
        "unknown_query": "allow",
        "deprecated_at": None,
        "sunset_at": None,
        "replacement": None,
        "replacement_url": None,
        **changes,
    }
    manifest = {
        "format": "lading-bundle/1",
        "id": "sha256:" + hashlib.sha256(f"{serial}{contract}".encode()).hexdigest(),
        "environment": "default",
        "serial": serial,
        "created_at": "2026-01-31T12:00:00Z",
        "contracts": [contract],
        "consumers": [
            {
                "id": "c1",
                "name": "acme-wms",
                "keys": [{"id": "k1a2b3c4", "sha256": hashlib.sha256(KEY).hexdigest(), "expires_at": None}],
                "subscriptions": [{"contract": "erp/orders", "major": 1, "plan": "standard", **subscription}],
            }
        ],
        "plans": {"standard": {"limit": 100000, "window": 60, "burst": 100000}},
    }
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(manifest))
    draft.replace(path)


def signed(folder: Path) -> bytes:
    """The manifest as a JWS."""
    key = OKPKey.import_key(json.loads((folder / "key.json").read_text()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        token = jws.serialize_compact(
            {"alg": "EdDSA", "kid": "test"},
            (folder / "manifest.json").read_bytes(),
            key,
            algorithms=["EdDSA"],
        )
    return token.encode()


def public_keys(folder: Path) -> dict[str, Any]:
    key = OKPKey.import_key(json.loads((folder / "key.json").read_text()))
    return {"keys": [{**key.as_dict(private=False), "kid": "test"}]}


def batches(folder: Path) -> list[dict[str, Any]]:
    """What was taken in: each batch once, as the registry counts."""
    path = folder / "batches.jsonl"
    seen: dict[str, dict[str, Any]] = {}
    for line in path.read_text().splitlines() if path.exists() else ():
        batch = json.loads(line)
        seen.setdefault(batch["batch"], batch)
    return list(seen.values())


def calls(folder: Path) -> int:
    """How many calls were reported in all."""
    return sum(call["count"] for batch in batches(folder) for call in batch["calls"])


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """The server, not yet serving. The file `lie` in the folder makes it sign with another key."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/v1/bundles/keys":
                self._send(200, json.dumps(public_keys(folder)).encode())
            elif path.startswith("/v1/contents/"):
                self._send(200, (folder / "contents" / path.rpartition("/")[2]).read_bytes())
            else:
                manifest = json.loads((folder / "manifest.json").read_text())
                if self.headers.get("If-None-Match") == f'"{manifest["id"]}"':
                    self._send(304)
                    return
                token = signed(folder)
                if (folder / "lie").exists():
                    token = token[:-8] + b"AAAAAAAA"
                self._send(200, token, ETag=f'"{manifest["id"]}"')

        def do_POST(self) -> None:
            batch = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                known = batch["batch"] in {held["batch"] for held in batches(folder)}
                with (folder / "batches.jsonl").open("a") as file:
                    file.write(json.dumps(batch) + "\n")
            self._send(200 if known else 202)

        def log_message(self, format: str, *args: object) -> None:
            pass

    ThreadingHTTPServer.daemon_threads = True
    ThreadingHTTPServer.allow_reuse_address = True
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    server(Path(sys.argv[1]), int(sys.argv[2])).serve_forever()
