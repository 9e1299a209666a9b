"""An editor for tests: speaks the protocol with the real process over its standard input and output."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

SECONDS = 60


class Editor:
    """Answers and notifications are kept until somebody asks for them."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lading", "lsp", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._kept: list[dict[str, Any]] = []
        self._number = 0
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def initialize(self, **options: Any) -> dict[str, Any]:
        capabilities = {
            "general": {"positionEncodings": ["utf-8", "utf-16"]},
            "textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}}},
        }
        folder = {"uri": self.root.as_uri(), "name": "folder"}
        result = self.ask(
            "initialize",
            processId=None,
            rootUri=self.root.as_uri(),
            capabilities=capabilities,
            workspaceFolders=[folder],
            initializationOptions=options,
        )
        self.tell("initialized")
        return result

    def open(self, name: str, text: str) -> None:
        document = {"uri": self.uri(name), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)

    def change(self, name: str, version: int, text: str) -> None:
        document = {"uri": self.uri(name), "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def diagnostics(self, name: str, version: int | None = None) -> list[dict[str, Any]]:
        """What is published for a file next, or for a version of it."""

        def wanted(message: dict[str, Any]) -> bool:
            params = message.get("params", {})
            return (
                message.get("method") == "textDocument/publishDiagnostics"
                and params["uri"] == self.uri(name)
                and version in (None, params.get("version"))
            )

        return self._next(wanted)["params"]["diagnostics"]

    def at(self, method: str, name: str, line: int, character: int) -> Any:
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", textDocument={"uri": self.uri(name)}, position=position)

    def actions(self, name: str, line: int, only: list[str] | None = None) -> list[dict[str, Any]]:
        place = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 200}}
        context = {"diagnostics": [], **({"only": only} if only else {})}
        document = {"uri": self.uri(name)}
        return self.ask("textDocument/codeAction", textDocument=document, range=place, context=context)

    def ask(self, method: str, **params: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params or None})
        answer = self._next(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def quit(self) -> int:
        self.ask("shutdown")
        self._send({"method": "exit"})
        return self.process.wait(SECONDS)

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(SECONDS)

    def _next(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        for index, message in enumerate(self._kept):
            if wanted(message):
                return self._kept.pop(index)
        while True:
            received = self._messages.get(timeout=SECONDS)
            assert received is not None, "the server ended"
            if wanted(received):
                return received
            self._kept.append(received)

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._in.flush()

    def _read(self, stream: BinaryIO) -> None:
        while True:
            length = 0
            while line := stream.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            if not length:
                self._messages.put(None)
                return
            self._messages.put(json.loads(stream.read(length)))
