from __future__ import annotations

from pathlib import Path

import pytest

from tests.lading.conftest import Lading
from tests.registry.examples import EVENTS, orders


@pytest.fixture
def tree(here: Path) -> Path:
    """A contract with two versions of which the second breaks, one of events, a part, a note and a broken file."""
    folder = here / "contracts"
    (folder / "erp").mkdir(parents=True)
    (folder / "tms").mkdir()
    (folder / "erp" / "orders@2025-01-01.yaml").write_bytes(orders())
    (folder / "erp" / "orders@2025-07-31.yaml").write_bytes(orders("1.1.0", eta=False))
    (folder / "tms" / "milestones.yaml").write_text(EVENTS)
    (folder / "tms" / "notes.yaml").write_text("just: notes\n")
    return folder


def test_a_folder_with_its_history_and_again_as_a_no_op(tree: Path, lading: Lading) -> None:
    made = lading("import", "contracts", "--format", "json")
    assert made.code == 0
    assert made.json["counts"] == {"stored": 3, "other": 1}
    lines = {one["file"]: one for one in made.json["files"]}
    assert lines["erp/orders@2025-07-31.yaml"]["contract"] == "erp/orders"
    assert lines["erp/orders@2025-07-31.yaml"]["version"] == "1.1.0"
    again = lading("import", "contracts", "--format", "json")
    assert (again.code, again.json["counts"]) == (0, {"unchanged": 3, "other": 1})


def test_what_exists_is_kept_whatever_the_gate_says_and_that_is_told(tree: Path, lading: Lading) -> None:
    lines = {one["file"]: one for one in lading("import", "contracts", "--format", "json").json["files"]}
    line = lines["erp/orders@2025-07-31.yaml"]
    assert (line["status"], line["gate"]) == ("stored", "fail")
    assert "compatibility" in line["reason"]
    assert lading("show", "erp/orders@1.1.0").code == 0


def test_text_counts_and_names_what_is_no_contract(tree: Path, lading: Lading) -> None:
    shown = lading("import", "contracts", "--domain", "hub", "--owner", "hub-desk").out.splitlines()
    assert shown[0].startswith("no contract tms/notes.yaml: ")
    assert shown[-1] == "4 files: 3 stored, 1 no contracts. 3 versions of 2 contracts are in the registry."
    listed = lading("list", "--format", "json").json
    assert [(one["contract"], one["owner"]) for one in listed] == [
        ("hub/milestones", "hub-desk"),
        ("hub/orders", "hub-desk"),
    ]


def test_a_broken_file_is_refused_with_its_line_and_the_others_are_stored(tree: Path, lading: Lading) -> None:
    (tree / "erp" / "broken.yaml").write_text("openapi: 3.1.0\ninfo: {title: [")
    made = lading("import", "contracts")
    assert made.code == 1
    assert "refused    erp/broken.yaml: " in made.out
    assert "broken.yaml:2" in made.out
    assert "3 stored, 1 refused" in made.out


@pytest.mark.parametrize("name", ["absent", "orders.yaml"])
def test_what_is_no_folder(name: str, here: Path, lading: Lading) -> None:
    made = lading("import", name)
    assert (made.code, f"{name} is no folder" in made.err) == (2, True)


def test_an_empty_folder_tells_nothing(here: Path, lading: Lading) -> None:
    (here / "empty").mkdir()
    made = lading("import", "empty")
    assert (made.code, made.out.startswith("0 files: none.")) == (2, True)


def test_a_registry_that_is_away(away: str, tree: Path, lading: Lading) -> None:
    made = lading("import", "contracts")
    assert made.code == 2
    assert "cannot be reached" in made.err
