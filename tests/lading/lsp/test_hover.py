"""What is told about the place under the pointer."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from lading.lsp import hover

from .building import checked, place

TEXT = """\
openapi: 3.1.1
info: {title: Orders, version: v1}
paths:
  /orders: {$ref: 'b.yaml#/x'}
"""
OTHER = "# long\nx:\n" + "".join(f"  k{number}: 1\n" for number in range(50))


def test_a_finding_says_why_and_shows_good_and_bad(tmp_path: Path) -> None:
    found, _ = checked(tmp_path, TEXT, b=OTHER)
    told = hover.of_findings(found, place(TEXT, "v1"))
    assert told is not None
    assert isinstance(told.contents, types.MarkupContent)
    assert told.contents.value.startswith("**version-semver**: The version `v1`")
    assert "```yaml" in told.contents.value
    assert told.range is not None
    assert hover.of_findings(found, place(TEXT, "Orders")) is None


def test_a_reference_shows_the_beginning_of_what_it_names(tmp_path: Path) -> None:
    found, folder = checked(tmp_path, TEXT, b=OTHER)
    told = hover.of_reference(found, folder, place(TEXT, "b.yaml"))
    assert told is not None
    assert isinstance(told.contents, types.MarkupContent)
    lines = told.contents.value.splitlines()
    assert lines[:5] == ["b.yaml:2", "", "```yaml", "x:", "  k0: 1"]
    assert lines[-2:] == ["…", "```"]
    assert len(lines) == hover.LINES + 5
    assert hover.of_reference(found, folder, place(TEXT, "v1")) is None
