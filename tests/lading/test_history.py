from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from lading import history
from lading.outcome import CouldNotTell
from tests.registry.examples import orders


def commit(message: str) -> None:
    for words in (["add", "-A"], ["commit", "-q", "-m", message]):
        subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words],
            check=True,
            capture_output=True,
        )


@pytest.fixture
def repository(here: Path) -> Path:
    """orders.yaml as 1.0.0, twice, then moved, then broken, then 2.0.0."""
    subprocess.run(["git", "init", "-q"], check=True)
    commit("first")
    (here / "orders.yaml").write_bytes(orders(description="It is read twice."))
    commit("again")
    (here / "orders.yaml").rename(here / "sales.yaml")
    commit("moved")
    (here / "sales.yaml").write_bytes(orders() + b"paths: [\n")
    commit("broken")
    (here / "sales.yaml").write_bytes(orders("2.0.0", eta=False))
    commit("second")
    return here


def test_a_file_through_the_history_of_git(repository: Path) -> None:
    versions, cut = history.of_file("sales.yaml", 10)
    assert [one.name for one in versions][::2] == ["1.0.0", "2.0.0"]
    assert len(versions) == 3
    assert versions[1].api is None
    assert "sales.yaml" in versions[1].problem
    assert versions[0].api is not None
    assert b"It is read twice." in versions[0].api.documents.root.content, "what the version came to be"
    assert not cut
    assert history.of_file("sales.yaml", 1)[1]


def test_a_file_without_a_history(repository: Path) -> None:
    with pytest.raises(CouldNotTell, match=r"no history of absent\.yaml"):
        history.of_file("absent.yaml", 10)


def test_places_in_the_order_given(repository: Path) -> None:
    assert [one.name for one in history.of_places(["HEAD~2:sales.yaml", "sales.yaml"])] == ["1.0.0", "2.0.0"]


def test_the_published_versions_of_a_contract(filled: Path) -> None:
    ([version], cut) = history.of_registry("erp/orders", 10)
    assert (version.name, cut, version.note) == ("1.0.0", False, "")
    assert version.day is not None
    assert version.api is not None
    with pytest.raises(CouldNotTell, match="erp/absent"):
        history.of_registry("erp/absent", 10)
