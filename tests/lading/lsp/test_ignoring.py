"""`x-lading-ignore`, written by the editor."""

from __future__ import annotations

import pytest

from contracts.pointers import Path
from lading.lsp.ignoring import ignore
from linters.fixes import carried_out
from linters.suppression import read_ignores
from tests.linters.fixes.helpers import files, finding

from .building import TODAY

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: v1}
paths:
  /Orders:
    get:
      tags: [a]  # kept
      responses: {}
components:
  schemas:
    order: {properties: {a_b: {type: string}, schemas: {properties: {x: {}}}}}
    done: {x-lading-ignore: {rule: x, reason: y}, type: string}
"""


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        (("info", "version"), ("info",)),
        (("paths", "/Orders"), ("paths", "/Orders")),
        (("paths", "/Orders", "get", "tags", 0), ("paths", "/Orders", "get")),
        (("paths", "/Orders", "get", "responses"), ("paths", "/Orders", "get")),
        (
            ("components", "schemas", "order", "properties", "a_b", "type"),
            ("components", "schemas", "order", "properties", "a_b"),
        ),
        (("components", "schemas", "order", "properties"), ("components", "schemas", "order")),
        ((), ()),
    ],
)
def test_it_stands_in_the_innermost_mapping_that_may_have_extensions(path: Path, holder: Path) -> None:
    documents = files(a=TEXT)
    fix = ignore(documents, finding(*path, code="naming-path-kebab"), TODAY)
    assert fix is not None
    content = carried_out(documents, [fix])["a.yaml"]
    [ignored] = [
        broken for broken in read_ignores(files(a=content.decode()))[1] if broken.path[:-2] == holder
    ]
    assert "gives no reason" in ignored.message
    assert b"until: '2027-02-26'" in content or b"until: 2027-02-26" in content
    assert b"# kept" in content


def test_where_something_is_ignored_already_nothing_is_offered() -> None:
    path = ("components", "schemas", "done", "type")
    assert ignore(files(a=TEXT), finding(*path), TODAY) is None
    assert ignore(files(a=TEXT), finding("info", code="parser"), TODAY) is None
    assert ignore(files(a=TEXT), finding("info", source="elsewhere.yaml"), TODAY) is None
