"""The real server, spoken to as an editor does."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lading.lsp import server as module
from lading.lsp.checking import Checked
from lading.lsp.session import Opened, Session

from .editor import Editor

CONTRACT = """\
openapi: 3.1.1
info: {title: "Orders 📦", version: v1}  # first
paths:
  /purchaseOrders:
    get:
      operationId: listOrders
      x-deprecated-at: 2029-01-01
      x-sunset: 2030-01-01
      x-replaced-by: none
      responses:
        '200':
          description: Orders
          content: {application/json: {schema: {$ref: 'shared.yaml#/components/schemas/Order'}}}
      parameters:
        - {$ref: 'shared.yaml#/components/parameters/Page'}
"""
SHARED = """\
openapi: 3.1.1
info: {title: Shared, version: 1.0.0}
paths: {}
components:
  schemas:
    Order:
      type: object
      properties:
        dispatchedAt: {type: string}
  parameters:
    Page: {name: page_size, in: query, schema: {type: integer}}
"""
RULESET = """\
extends:
  - [lading:styles, off]
  - [lading:versioning, off]
  - [lading:lifecycle, off]
  - [lading:dates, off]
rules:
  date-format: true
  lifecycle-sunset-deprecated: true
  naming-parameter-camel: true
  version-semver: true
"""


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    (tmp_path / "shared.yaml").write_text(SHARED)
    (tmp_path / "orders.yaml").write_text(CONTRACT)
    (tmp_path / ".lading.yaml").write_text(RULESET)
    started = Editor(tmp_path)
    yield started
    started.kill()


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {one["code"] for one in found}


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    """ASCII texts only."""
    lines = text.splitlines(keepends=True)

    def offset(place: dict[str, int]) -> int:
        return sum(map(len, lines[: place["line"]])) + place["character"]

    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text


def test_a_session_from_the_first_word_to_the_last(editor: Editor) -> None:
    told = editor.initialize()
    assert told["capabilities"]["positionEncoding"] == "utf-16"
    assert told["capabilities"]["codeActionProvider"]["resolveProvider"] is True
    editor.open("orders.yaml", CONTRACT)

    found = editor.diagnostics("orders.yaml")
    [version] = [one for one in found if one["code"] == "version-semver"]
    start = CONTRACT.splitlines()[1].index("v1") + 1  # the parcel takes two units
    assert version["range"] == {
        "start": {"line": 1, "character": start},
        "end": {"line": 1, "character": start + 2},
    }
    assert (version["severity"], version["source"]) == (1, "lading")
    assert version["codeDescription"]["href"].startswith("https://semver.org/")

    hovered = editor.at("hover", "orders.yaml", 1, start)["contents"]["value"]
    assert "**version-semver**" in hovered
    assert "Bad:" in hovered

    actions = {action["title"]: action for action in editor.actions("orders.yaml", 1)}
    [edit] = actions["Write it as MAJOR.MINOR.PATCH"]["edit"]["changes"][editor.uri("orders.yaml")]
    assert edit["newText"] == "'1.0.0'"
    ignored = actions["Ignore version-semver here, with a reason"]["edit"]["changes"][
        editor.uri("orders.yaml")
    ]
    assert "x-lading-ignore: [{rule: version-semver, reason: '', until: '20" in ignored[0]["newText"]

    [everything] = editor.actions("orders.yaml", 0, ["source.fixAll"])
    assert everything["kind"] == "source.fixAll.lading"
    resolved = editor.ask("codeAction/resolve", **everything)
    [insertion] = resolved["edit"]["changes"][editor.uri("orders.yaml")]
    assert insertion["newText"] == "      deprecated: true\n"

    editor.change("orders.yaml", 2, CONTRACT.replace("v1", "1.0.0"))
    assert "version-semver" not in codes(editor.diagnostics("orders.yaml", 2))
    assert editor.quit() == 0


def test_references_lead_into_other_files(editor: Editor) -> None:
    editor.initialize()
    editor.open("orders.yaml", CONTRACT)
    line = 12
    at = CONTRACT.splitlines()[line].index("shared.yaml")
    target = editor.at("definition", "orders.yaml", line, at)
    assert target["uri"] == editor.uri("shared.yaml")
    assert target["range"]["start"] == {"line": 5, "character": 4}
    assert "dispatchedAt" in editor.at("hover", "orders.yaml", line, at)["contents"]["value"]
    [named] = editor.diagnostics("shared.yaml")
    assert named["code"] == "naming-parameter-camel"
    [related] = named["relatedInformation"]
    assert related["location"]["uri"] == editor.uri("orders.yaml")
    assert related["location"]["range"]["start"]["line"] == line + 2
    outline = editor.ask("textDocument/documentSymbol", textDocument={"uri": editor.uri("orders.yaml")})
    assert outline[0]["children"][0]["children"][0]["detail"] == "listOrders"


def test_half_typed_text_is_told_and_completed(editor: Editor) -> None:
    editor.initialize()
    editor.open("orders.yaml", CONTRACT)
    assert "version-semver" in codes(editor.diagnostics("orders.yaml", 1))
    half = CONTRACT + "components:\n  schemas:\n    Line: {$ref: './shared.yaml#"
    editor.change("orders.yaml", 2, half)
    assert codes(editor.diagnostics("orders.yaml", 2)) == {
        "parser",
        "version-semver",
        "lifecycle-sunset-deprecated",
    }
    last = half.splitlines()
    items = editor.at("completion", "orders.yaml", len(last) - 1, len(last[-1]))
    assert [item["label"] for item in items] == [
        "./shared.yaml#/components/schemas/Order",
        "./shared.yaml#/components/parameters/Page",
    ]


def test_the_ruleset_of_the_folder_is_read_anew(editor: Editor) -> None:
    file = editor.root / ".lading.yaml"
    editor.initialize()
    editor.open("orders.yaml", CONTRACT)
    assert codes(editor.diagnostics("orders.yaml")) == {"version-semver", "lifecycle-sunset-deprecated"}
    file.write_text(RULESET.replace("version-semver: true", "naming-path-kebab: true"))
    editor.tell("workspace/didChangeWatchedFiles", changes=[])
    assert codes(editor.diagnostics("orders.yaml")) == {"naming-path-kebab", "lifecycle-sunset-deprecated"}
    file.write_text("rules: {broken: {}}\n")
    editor.tell("workspace/didChangeConfiguration", settings={})
    assert "version-semver" in codes(editor.diagnostics("orders.yaml"))
    editor.tell("workspace/didChangeConfiguration", settings={"lading": {"ruleset": "lading:dates"}})
    assert codes(editor.diagnostics("orders.yaml")) == set()


def test_other_files_get_no_noise_and_a_closed_one_takes_its_findings_back(editor: Editor) -> None:
    editor.initialize()
    editor.open("compose.yaml", "services: {web: {image: nginx}}\n")
    editor.open("orders.yaml", CONTRACT)
    assert editor.diagnostics("orders.yaml")
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri("orders.yaml")})
    assert editor.diagnostics("orders.yaml") == []
    assert editor.actions("compose.yaml", 0) == []
    assert editor.at("hover", "compose.yaml", 0, 3) is None
    assert not any(
        message.get("params", {}).get("uri") == editor.uri("compose.yaml") for message in editor._kept
    )


def test_applying_a_fix_leaves_the_rest_of_the_text(editor: Editor) -> None:
    editor.initialize()
    text = SHARED.replace("# first", "")
    editor.open("shared.yaml", text)
    editor.diagnostics("shared.yaml")
    actions = {action["title"]: action for action in editor.actions("shared.yaml", 8)}
    edits = actions["Say that it is a moment, date-time"]["edit"]["changes"][editor.uri("shared.yaml")]
    assert edited(text, edits) == text.replace("{type: string}", "{type: string, format: date-time}")


def test_one_document_that_goes_wrong_or_takes_too_long_does_not_end_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uris = {name: (tmp_path / f"{name}.yaml").as_uri() for name in ("fails", "hangs", "works")}
    told: list[str] = []
    shown: dict[str, int] = {}
    go_on = threading.Event()

    def judge(opened: Opened) -> Checked | None:
        if opened.uri == uris["fails"]:
            raise ZeroDivisionError("by zero")
        if opened.uri == uris["hangs"]:
            go_on.wait(60)
        return Session.judge(server.session, opened)

    async def scenario() -> None:
        for uri in uris.values():
            server.session.put(uri, CONTRACT, 1)
        server.schedule(uris["fails"], 0)
        await asyncio.wait(server.tasks.values())
        server.schedule(uris["works"], 0)
        await asyncio.wait(server.tasks.values())
        monkeypatch.setattr(module, "PATIENCE", 0.01)
        server.schedule(uris["hangs"], 0)
        await asyncio.wait(server.tasks.values())
        go_on.set()

    server = module.make()
    monkeypatch.setattr(server.session, "judge", judge)
    monkeypatch.setattr(server, "window_show_message", lambda params: told.append(params.message))
    monkeypatch.setattr(
        server,
        "text_document_publish_diagnostics",
        lambda params: shown.update({params.uri: len(params.diagnostics)}),
    )
    asyncio.run(scenario())
    server.workers.shutdown()
    assert told == [
        "fails.yaml could not be judged: ZeroDivisionError: by zero",
        "hangs.yaml: judging it takes longer than 0 seconds; it is left.",
    ]
    assert [uri for uri, number in shown.items() if number] == [uris["works"]]
    assert server.tasks == {}


def test_typing_on_drops_what_was_planned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = (tmp_path / "a.yaml").as_uri()
    versions: list[int | None] = []

    async def scenario() -> None:
        for version, text in enumerate(("openapi: 3.1.1\nin", "openapi: 3.1.1\ninfo", CONTRACT), 1):
            server.session.put(uri, text, version)
            server.schedule(uri, 0)
        await asyncio.wait(server.tasks.values())

    server = module.make()
    monkeypatch.setattr(
        server, "text_document_publish_diagnostics", lambda params: versions.append(params.version)
    )
    asyncio.run(scenario())
    server.workers.shutdown()
    assert versions == [3]


def test_only_the_end_of_a_connection_is_not_logged() -> None:
    def record(error: BaseException | None) -> logging.LogRecord:
        info = (type(error), error, None) if error is not None else None
        return logging.LogRecord("asyncio", logging.ERROR, "", 0, "it failed", None, info)

    log = logging.getLogger("asyncio")
    module.make().workers.shutdown()
    assert not log.filter(record(SystemExit(0)))
    assert log.filter(record(OSError()))
    assert log.filter(record(None))
