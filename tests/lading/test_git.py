from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from contracts.limits import Limits
from lading import git
from lading.outcome import CouldNotTell


def run(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with two commits, on a branch that left `main` at the first."""
    run("init", "-q", "-b", "main")
    (here / "api").mkdir()
    (here / "api" / "ä b.yaml").write_text("one: 1\n" * 20)
    (here / "gone.yaml").write_text("two: 2\n")
    run("add", ".")
    run("commit", "-q", "-m", "first")
    run("checkout", "-q", "-b", "feature")
    run("mv", "api/ä b.yaml", "api/moved.yaml")
    run("rm", "-q", "gone.yaml")
    (here / "new.json").write_text("{}\n")
    run("add", ".")
    run("commit", "-q", "-m", "second")
    return here


def test_a_commit_and_the_folder(repository: Path) -> None:
    assert re.fullmatch(r"[0-9a-f]{40,64}", git.commit_of("HEAD"))
    assert git.top_folder().resolve() == repository.resolve()


@pytest.mark.parametrize("revision", ["nowhere", "--all", "HEAD:new.json"])
def test_what_is_no_commit(revision: str, repository: Path) -> None:
    with pytest.raises(CouldNotTell, match="revision"):
        git.commit_of(revision)


def test_changes_are_pairs_of_names_whatever_folder_one_stands_in(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = [("api/ä b.yaml", "api/moved.yaml"), ("gone.yaml", None), (None, "new.json")]
    assert list(git.changes(git.merge_base("main"))) == expected
    monkeypatch.chdir(repository / "api")
    assert list(git.changes(git.merge_base("main"))) == expected
    assert git.tracked() == ["api/moved.yaml", "new.json", "orders.yaml"]


def test_the_working_tree_counts(repository: Path) -> None:
    (repository / "new.json").write_text("[]\n")
    assert list(git.changes("HEAD")) == [("new.json", "new.json")]


def test_what_has_nothing_in_common_has_no_base(repository: Path) -> None:
    run("checkout", "-q", "--orphan", "other")
    run("commit", "-q", "-m", "third")
    with pytest.raises(CouldNotTell, match="have in common") as raised:
        git.merge_base("main")
    assert "fetch-depth: 0" in raised.value.advice


def test_the_history_of_a_file_follows_its_names(repository: Path) -> None:
    found = git.history("api/moved.yaml", 10)
    assert [name for _, name, _ in found] == ["api/moved.yaml", "api/ä b.yaml"]
    assert found[0][0] == git.commit_of("feature")
    assert found[1][2].tzinfo is not None
    assert len(git.history("api/moved.yaml", 1)) == 1
    assert git.history("absent.yaml", 10) == []


def test_contents_are_bounded(repository: Path) -> None:
    assert git.content("HEAD", "new.json") == b"{}\n"
    assert git.exists("main", "gone.yaml")
    assert not git.exists("HEAD", "gone.yaml")
    with pytest.raises(CouldNotTell, match="are allowed"):
        git.content("main", "gone.yaml", Limits(bytes=3))
    with pytest.raises(CouldNotTell, match="no revision"):
        git.content("--all", "gone.yaml")


def test_outside_a_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    with pytest.raises(CouldNotTell, match="not a git repository"):
        git.top_folder()
