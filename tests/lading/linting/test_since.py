from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lading.files import read_set
from lading.linting.since import Since
from lading.outcome import CouldNotTell
from linters.lint import Finding, lint, load_ruleset

RULES = load_ruleset(
    {
        "rules": {
            "id": {"given": "$.paths[*].get.operationId", "then": {"function": "falsy"}},
            "tag": {"given": "$.tags[*].name", "then": {"function": "falsy"}},
            "known": {"given": "$", "then": {"field": "components", "function": "truthy"}},
        }
    }
)
ROOT = """\
openapi: 3.1.1
info: {title: Orders, version: 1.0.0}
tags: [{name: a}]
components: {}
paths:
  /a: {get: {operationId: a}}
  /b: {$ref: b.yaml}
"""


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], check=True)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder inside of a repository, where one version is committed."""
    folder = tmp_path / "api"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "root.yaml").write_text(ROOT)
    (folder / "b.yaml").write_text("get: {operationId: b}\n")
    git("init", "-q", str(tmp_path))
    git("add", ".")
    git("commit", "-q", "-m", "first")
    return folder


def touched(name: str = "root.yaml") -> list[str]:
    documents = read_set(Path(name), tolerant=True)
    findings: tuple[Finding, ...] = lint(documents, RULES)
    since = Since("HEAD", RULES)
    since.see(documents, findings)
    return [
        f"{one.source} {one.code} {one.path[-1] if one.path else ''}".strip()
        for one in findings
        if since.is_touched(one)
    ]


def test_nothing_changed_and_nothing_is_touched(here: Path) -> None:
    assert touched() == []
    (here / "root.yaml").write_text(
        "# moved\n\n" + ROOT.replace("{operationId: a}", "{\n  operationId: 'a'}")
    )
    assert touched() == []


def test_what_changed_in_any_file_is_touched(here: Path) -> None:
    (here / "b.yaml").write_text("get: {operationId: c}\n")
    assert touched() == ["b.yaml id operationId"]


def test_what_was_put_in_front_leaves_the_rest_alone(here: Path) -> None:
    (here / "root.yaml").write_text(ROOT.replace("[{name: a}]", "[{name: b}, {name: a}]"))
    assert touched() == ["root.yaml tag name"]


def test_what_is_new_counts_wherever_it_lies(here: Path) -> None:
    (here / "root.yaml").write_text(ROOT.replace("components: {}\n", ""))
    assert touched() == ["root.yaml known"]


def test_what_was_told_once_of_all_is_not_new_where_one_was_mended(here: Path) -> None:
    rules = load_ruleset(
        {
            "rules": {
                "tagged": {
                    "given": "$",
                    "then": {
                        "function": "effectiveOperation",
                        "functionOptions": {"schema": {"required": ["tags"]}, "together": True},
                    },
                }
            }
        }
    )
    text = "openapi: 3.1.1\npaths:\n  /a: {get: {}, put: {}, post: {}}\n"
    (here / "root.yaml").write_text(text)
    git("commit", "-q", "-a", "-m", "untagged")
    (here / "root.yaml").write_text(
        text.replace("get: {}", "get: {tags: [a]}").replace("put: {}", "put: {x: 1}")
    )
    documents = read_set(Path("root.yaml"))
    since = Since("HEAD", rules)
    since.see(documents, ())
    assert [(one.path[-1], since.is_touched(one)) for one in lint(documents, rules)] == [
        ("put", True),
        ("post", False),
    ]


def test_a_contract_that_is_new_is_touched_as_a_whole(here: Path) -> None:
    (here / "new.yaml").write_text(ROOT)
    assert touched("new.yaml") == ["b.yaml id operationId", "new.yaml tag name", "new.yaml id operationId"]


def test_a_version_before_that_cannot_be_read_lets_nothing_pass(here: Path) -> None:
    (here / "root.yaml").write_text("a: [\n")
    git("commit", "-q", "-a", "-m", "broken")
    (here / "root.yaml").write_text(ROOT)
    assert len(touched()) == 3
    since = Since("HEAD", RULES)
    since.see(read_set(Path("root.yaml")), ())
    first, last = since.told(2)
    assert "root.yaml at HEAD cannot be read, so all of it counts" in first
    assert last == "since HEAD  2 findings are where nothing was touched, and not counted"


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:api"])
def test_what_is_no_revision(revision: str) -> None:
    with pytest.raises(CouldNotTell):
        Since(revision, RULES)


def test_what_lies_outside_has_no_version_before(tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "a.yaml"
    other.write_text(ROOT.replace("  /b: {$ref: b.yaml}\n", ""))
    with pytest.raises(CouldNotTell, match="outside the git repository"):
        Since("HEAD", RULES).see(read_set(other), ())
