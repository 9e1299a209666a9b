from __future__ import annotations

from pathlib import Path

import pytest

from lading import locate
from lading.gating import history
from lading.outcome import CouldNotTell

from .branches import git

TEXT = "openapi: 3.1.0\ninfo: {title: Orders, version: %s}\npaths: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for version in ("1.0.0", "1.10.0", "1.9.0", "2.0.0"):
        (tmp_path / f"{version}.yaml").write_text(TEXT % version)
    return tmp_path


def _found(place: str, file: str) -> tuple[str | None, list[str]]:
    found = history.of(place, file, locate.find(file))
    return found.base and str(found.base.api.version), [one.version for one in found.earlier]


def test_a_folder_of_versions_without_the_candidate_and_what_is_later(folder: Path) -> None:
    assert _found(".", "1.10.0.yaml") == ("1.9.0", ["1.0.0"])
    assert _found(".", "2.0.0.yaml") == ("1.10.0", ["1.9.0", "1.0.0"])
    assert _found(".", "1.0.0.yaml") == (None, [])


def test_a_folder_with_something_else_is_no_history(folder: Path) -> None:
    (folder / "notes.yaml").write_text("a: [")
    with pytest.raises(CouldNotTell, match="notes"):
        _found(".", "1.0.0.yaml")
    (folder / "notes.yaml").write_text(TEXT % "latest")
    with pytest.raises(CouldNotTell, match="latest"):
        _found(".", "1.0.0.yaml")
    with pytest.raises(CouldNotTell, match="no folder"):
        _found("nowhere", "1.0.0.yaml")


def test_git_has_the_last_commit_of_each_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git(tmp_path, "init", "-q")
    file = tmp_path / "orders.yaml"
    for text in (
        TEXT % "1.0.0",
        TEXT % "1.0.0" + "x-mended: true\n",
        "openapi: [",
        TEXT % "1.1.0",
        TEXT % "1.2.0",
    ):
        file.write_text(text)
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", "One")
    assert _found("git", "orders.yaml") == ("1.1.0", ["1.0.0"])
    (last,) = history.of("git", "orders.yaml", locate.find("orders.yaml")).earlier
    assert last.api is not None
    assert last.api.extensions.get("x-mended") is True
    file.write_text(TEXT % "1.2.0" + "x-more: true\n")
    assert _found("git", "orders.yaml") == ("1.2.0", ["1.1.0", "1.0.0"])
