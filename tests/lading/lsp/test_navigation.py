"""Where references lead, and what a document consists of."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from contracts.document import parse
from lading.lsp import navigation
from lading.lsp.navigation import definition, symbols

from .building import checked, place

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    parameters: []
    get: {operationId: listOrders}
    post: {responses: {'200': {$ref: '#/components/responses/Done'}, '201': {$ref: '#/nowhere'}}}
components:
  schemas: {Order: {}, Line: {}}
  responses: {Done: {description: Done}}
"""


def test_a_reference_leads_to_the_key_of_what_it_names(tmp_path: Path) -> None:
    found, folder = checked(tmp_path, TEXT)
    where = definition(found, folder, place(TEXT, "'#/components"))
    assert where is not None
    assert where.uri == (tmp_path / "a.yaml").as_uri()
    assert where.range.start == place(TEXT, "Done: {")
    for mark in ("'#/nowhere", "listOrders", "parameters"):
        assert definition(found, folder, place(TEXT, mark)) is None


def outline(found: list[types.DocumentSymbol], depth: int = 0) -> list[str]:
    return [
        line
        for one in found
        for line in ("  " * depth + one.name, *outline(list(one.children or ()), depth + 1))
    ]


def test_symbols_are_operations_and_components(monkeypatch: pytest.MonkeyPatch) -> None:
    document = parse(TEXT.encode(), "a.yaml")
    assert outline(symbols(document)) == [
        "paths",
        "  /orders",
        "    get",
        "    post",
        "components",
        "  schemas",
        "    Order",
        "    Line",
        "  responses",
        "    Done",
    ]
    paths = symbols(document)[0]
    assert (paths.range.start.line, paths.range.end.line) == (2, 6)
    monkeypatch.setattr(navigation, "MOST", 2)
    assert outline(symbols(document))[-1] == "  responses"
    assert symbols(parse(b"[1]", "a.json")) == []


def test_channels_and_operations_of_events() -> None:
    text = b"asyncapi: 3.0.0\nchannels: {orders: {address: a}}\noperations: {send: {action: send}}\n"
    assert outline(symbols(parse(text, "a.yaml"))) == ["channels", "  orders", "operations", "  send"]
