"""A folder that is open in the editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError
from lading.lsp.folder import Folder, folder_of


def test_unsaved_text_comes_before_the_disk_and_nothing_outside_is_read(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    (root / "b.yaml").write_text("x: {old: 1}\n")
    (tmp_path / "out.yaml").write_text("x: 1\n")
    folder = Folder(root, {root / "c.yaml": "x: {new: 1}\n"})
    text = "b: {$ref: 'b.yaml#/x'}\nc: {$ref: 'c.yaml#/x'}\no: {$ref: '../out.yaml#/x'}\n"
    documents = folder.set_of(root / "a.yaml", text)
    assert sorted(documents.documents) == ["a.yaml", "b.yaml", "c.yaml"]
    assert [problem.code for problem in documents.problems] == ["reference-outside"]
    assert folder.document("c.yaml").value == {"x": {"new": 1}}
    with pytest.raises(ContractError):
        folder.document("../out.yaml")


def test_files_are_listed_the_nearest_first_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("z.yaml", "sub/a.json", "sub/deep/b.yml", ".git/c.yaml", "node_modules/d.yaml", "e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert list(Folder(tmp_path, {}).files()) == ["z.yaml", "sub/a.json", "sub/deep/b.yml"]


def test_the_innermost_folder_counts(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    assert folder_of(inner / "a.yaml", [tmp_path, inner], {}).root == inner
    assert folder_of(tmp_path / "x" / "a.yaml", [inner], {}).root == tmp_path / "x"
