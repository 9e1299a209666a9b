"""One document, judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from lading.lsp import checking
from lading.lsp.checking import check
from lading.lsp.folder import Folder

from .building import TODAY, checked, judge

TEXT = "openapi: 3.1.1\ninfo: {title: Orders, version: v1}\npaths: {}\n"


def codes(found: checking.Checked | None) -> list[str]:
    assert found is not None
    return [finding.code for finding in found.findings]


def test_a_contract_is_judged_and_what_it_ignores_is_not_told(tmp_path: Path) -> None:
    assert codes(checked(tmp_path, TEXT, "version-semver")[0]) == ["version-semver"]
    ignoring = TEXT.replace("v1", "v1, x-lading-ignore: {rule: version-semver, reason: Theirs.}")
    assert codes(checked(tmp_path, ignoring, "version-semver")[0]) == []


@pytest.mark.parametrize(
    "text", ["a: 1\n", "- x\n", "a: [\n", "", "$schema: https://json-schema.org/draft/2020-12/schema\n"]
)
def test_what_is_no_contract_gets_no_noise(tmp_path: Path, text: str) -> None:
    assert check(tmp_path / "a.yaml", text, Folder(tmp_path, {}), judge(), None, TODAY) is None


def test_of_broken_text_the_break_is_told_and_what_stands_unchanged_before_it(tmp_path: Path) -> None:
    before, folder = checked(tmp_path, TEXT)
    assert {"version-semver", "lifecycle-owner"} <= set(codes(before))
    again = check(tmp_path / "a.yaml", TEXT + "x: [\n", folder, judge(), before, TODAY)
    assert codes(again)[0] == "parser"
    assert "version-semver" in codes(again)
    other = check(tmp_path / "a.yaml", TEXT.replace("v1", "v2") + "x: [\n", folder, judge(), before, TODAY)
    assert codes(other) == ["parser"]
    first = check(tmp_path / "a.yaml", TEXT + "x: [\n", folder, judge(), None, TODAY)
    assert codes(first) == ["parser"]
    assert first is not None
    assert first.broken


def test_an_unknown_version_and_a_document_beyond_the_limits_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(checked(tmp_path, TEXT.replace("3.1.1", "9.0.0"))[0]) == ["unknown-version"]
    deep = TEXT + "x: " + "[" * 300 + "]" * 300 + "\n"
    assert codes(checked(tmp_path, deep)[0]) == ["too-deep"]
    monkeypatch.setattr(checking, "MOST", 20)
    assert codes(checked(tmp_path, TEXT)[0]) == ["too-large"]
    assert check(tmp_path / "a.yaml", "x: 1\n" * 20, Folder(tmp_path, {}), judge(), None, TODAY) is None
