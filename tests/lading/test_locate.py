from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from contracts.errors import ContractError, LimitExceeded
from contracts.limits import Limits
from lading import locate
from lading.outcome import CouldNotTell
from tests.registry.examples import orders

ROOT = "openapi: 3.1.0\ninfo: {title: T, version: %s}\npaths: {/a: {$ref: parts/a.yaml}}\n"


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with api/root.yaml 1.0.0 at HEAD~1 and 2.0.0 at HEAD; the working copy says 3.0.0."""
    git("init", "-q")
    (here / "api" / "parts").mkdir(parents=True)
    for version in ("1.0.0", "2.0.0"):
        (here / "api" / "root.yaml").write_text(ROOT % version)
        (here / "api" / "parts" / "a.yaml").write_text(
            f"get: {{operationId: op{version[0]}, responses: {{}}}}\n"
        )
        git("add", ".")
        git("commit", "-q", "-m", version)
    (here / "api" / "root.yaml").write_text(ROOT % "3.0.0")
    return here


def test_a_file(repository: Path) -> None:
    found = locate.find("api/root.yaml")
    assert (found.name, found.api.version, found.version) == ("api/root.yaml", "3.0.0", None)
    assert found.documents.root.source == "api/root.yaml"


def test_a_file_whose_name_holds_a_colon_is_a_file(here: Path) -> None:
    (here / "v1:orders.yaml").write_bytes(orders())
    assert locate.find("v1:orders.yaml").api.version == "1.0.0"


@pytest.mark.parametrize(("revision", "version"), [("HEAD~1", "1.0.0"), ("HEAD", "2.0.0")])
def test_a_git_revision_with_its_parts_as_they_were_then(
    repository: Path, revision: str, version: str
) -> None:
    found = locate.find(f"{revision}:api/root.yaml")
    assert found.api.version == version
    assert [one.operation_id for one in found.api.operations] == [f"op{version[0]}"]
    assert found.documents.problems == ()


def test_a_git_path_may_begin_at_the_working_folder(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "api")
    assert locate.find("HEAD:./root.yaml").api.version == "2.0.0"
    assert locate.find("HEAD:api/root.yaml").api.version == "2.0.0"


def test_a_revision_refers_to_nothing_outside_its_repository(repository: Path) -> None:
    (repository.parent / "secret.yaml").write_text("get: {}\n")
    (repository / "api" / "root.yaml").write_text((ROOT % "4.0.0").replace("parts/a", "../../secret"))
    git("commit", "-q", "-a", "-m", "4")
    (problem,) = locate.find("HEAD:api/root.yaml").documents.problems
    assert problem.code == "reference-outside"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("absent.yaml", "absent.yaml"),
        ("HEAD:absent.yaml", "git: "),
        ("nowhere:api/root.yaml", "git: "),
        ("--output=x:api/root.yaml", "is no revision"),
        ("https://example.com/openapi.yaml", "git: "),
        ("registry:orders", "names no version"),
        ("registry:erp/orders@", "names no version"),
        ("registry:erp/or ders@1", "names no version"),
    ],
)
def test_what_is_nowhere_is_told(place: str, words: str, repository: Path) -> None:
    with pytest.raises(CouldNotTell) as raised:
        locate.find(place)
    assert words in raised.value.message
    assert not (repository / "x").exists()


def test_a_document_in_git_is_bounded_before_it_is_read(repository: Path) -> None:
    with pytest.raises(CouldNotTell, match="bytes; 10 are allowed"):
        locate.find("HEAD:api/root.yaml", limits=Limits(bytes=10))
    with pytest.raises((CouldNotTell, LimitExceeded)):
        locate.find("api/root.yaml", limits=Limits(bytes=10))


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CouldNotTell, match="git is not installed"):
        locate.find("HEAD:api/root.yaml")


def test_the_registry(filled: Path) -> None:
    latest = locate.find("registry:erp/orders")
    assert (latest.name, latest.version, latest.api.version) == ("erp/orders@1.0.0", "1.0.0", "1.0.0")
    assert latest.documents.root.content == orders()
    assert locate.find("registry:erp/orders@1.0.0").name == latest.name
    with pytest.raises(CouldNotTell, match=r"registry:erp/orders@7\.0\.0: "):
        locate.find("registry:erp/orders@7.0.0")


def test_an_error_names_its_side_once() -> None:
    told = locate.explain(
        ContractError("syntax", "Never closed.", "a.yaml", 3, advice="Close it."), "HEAD:a.yaml"
    )
    assert f"{told.message} {told.advice}".strip() == "HEAD:a.yaml: a.yaml:3: Never closed. Close it."
    same = locate.explain(CouldNotTell("a.yaml: gone.", "Find it."), "a.yaml")
    assert (same.message, same.advice) == ("a.yaml: gone.", "Find it.")


def test_a_commit_and_what_it_holds(repository: Path) -> None:
    found = locate.at_commit("HEAD", "api/root.yaml")
    assert found is not None
    assert "api/root.yaml" in found.documents
    assert locate.at_commit("HEAD", "api/absent.yaml") is None


def test_where_a_branch_left_another(repository: Path) -> None:
    git("branch", "-q", "target", "HEAD~1")
    git("checkout", "-q", "-f", "target")
    (repository / "api" / "root.yaml").write_text(ROOT % "1.5.0")
    git("commit", "-q", "-a", "-m", "1.5.0")
    git("checkout", "-q", "-f", "-")
    assert locate.find("target:api/root.yaml").api.version == "1.5.0"
    assert locate.find("target...:api/root.yaml").api.version == "1.0.0"
