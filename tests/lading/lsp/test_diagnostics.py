"""Findings as an editor shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from lading.lsp import diagnostics as module
from lading.lsp.diagnostics import diagnostics

from .building import checked, place

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: v1}
paths:
  /orders:
    get: {$ref: '#/components/x-operation'}
components:
  x-operation:
    deprecated: true
    x-sunset: 2030-01-01
    x-replaced-by: none
    responses: {}
"""


def shown(root: Path, text: str = TEXT) -> dict[str, types.Diagnostic]:
    found, folder = checked(root, text)
    [listed] = diagnostics(found, folder).values()
    return {str(one.code): one for one in listed}


def test_code_place_severity_and_link(tmp_path: Path) -> None:
    version = shown(tmp_path)["version-semver"]
    start = place(TEXT, "v1")
    assert version.range == types.Range(start, types.Position(1, start.character + 2))
    assert version.severity is types.DiagnosticSeverity.Error
    assert version.code_description is not None
    assert version.code_description.href.startswith("https://")
    assert (version.tags, version.related_information) == (None, None)


def test_what_is_reached_by_a_reference_says_by_which(tmp_path: Path) -> None:
    deprecated = shown(tmp_path)["lifecycle-deprecated-at"]
    assert deprecated.tags == [types.DiagnosticTag.Deprecated]
    assert deprecated.range.start == place(TEXT, "x-operation:")
    assert deprecated.related_information is not None
    [related] = deprecated.related_information
    assert related.location.range.start == place(TEXT, "'#/components")


def test_a_document_without_findings_is_told_too_and_one_with_too_many_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, folder = checked(tmp_path, TEXT, "naming-path-kebab")
    assert list(diagnostics(found, folder).values()) == [[]]
    monkeypatch.setattr(module, "MOST", 2)
    assert len(shown(tmp_path)) == 2


def test_a_break_that_goes_on_is_shown_where_it_begins(tmp_path: Path) -> None:
    broken = shown(tmp_path, TEXT + "x: [\n")["parser"]
    assert broken.range.start.line == broken.range.end.line
