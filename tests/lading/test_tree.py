from __future__ import annotations

from pathlib import Path

import pytest

from lading import tree
from lading.outcome import CouldNotTell


def write(folder: Path, name: str, version: str = "1.0.0", schema: str = "{type: string}") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"openapi: 3.1.0\ninfo: {{title: T, version: '{version}'}}\npaths: {{}}\n"
        f"components: {{schemas: {{A: {schema}}}}}\n"
    )


def versions(folder: Path) -> dict[str, list[tuple[str, str]]]:
    plan = tree.read(folder)
    return {
        c.identity: [(version, revision.path.name) for version, revision in c.revisions]
        for c in plan.contracts
    }


def test_a_history_takes_the_versions_that_its_documents_state(tmp_path: Path) -> None:
    write(tmp_path, "dcsa/booking-2.0.2@2025-07-31.yaml", "2.0.2")
    write(tmp_path, "dcsa/booking-2.0.0@2024-12-16.yaml", "2.0")
    assert versions(tmp_path) == {
        "dcsa/booking": [
            ("2.0.0", "booking-2.0.0@2024-12-16.yaml"),
            ("2.0.2", "booking-2.0.2@2025-07-31.yaml"),
        ]
    }


def test_where_the_version_was_not_touched_the_days_tell_revisions_apart(tmp_path: Path) -> None:
    write(tmp_path, "wms/orders@2026-01-14.yaml")
    write(tmp_path, "wms/orders@2026-01-01.yaml")
    write(tmp_path, "iata/one-2023-12.yaml", "2.0.0-dev")
    write(tmp_path, "iata/one-2024-12.yaml", "{{VERSION}}")
    assert versions(tmp_path) == {
        "iata/one": [("2023-12-01", "one-2023-12.yaml"), ("2024-12-01", "one-2024-12.yaml")],
        "wms/orders": [("2026-01-01", "orders@2026-01-01.yaml"), ("2026-01-14", "orders@2026-01-14.yaml")],
    }


def test_two_files_of_one_day_stay_two_versions(tmp_path: Path) -> None:
    write(tmp_path, "a/x-1.0.0@2026-01-01.yaml")
    write(tmp_path, "a/x-1.0.0-resolved@2026-01-01.yaml")
    assert [version for version, _ in versions(tmp_path)["a/x"]] == ["2026-01-01", "2026-01-01.2"]


def test_a_part_is_told_from_a_file_that_is_no_contract(tmp_path: Path) -> None:
    write(tmp_path, "api/orders.yaml", schema='{$ref: "../common/parts.yaml#/A"}')
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "parts.yaml").write_text("A: {type: string}\n")
    (tmp_path / "common" / "notes.json").write_text('{"a": 1}')
    (tmp_path / "common" / "broken.yaml").write_text("a: b: c\n")
    plan = tree.read(tmp_path)
    (planned,) = plan.contracts
    assert set(planned.revisions[0][1].documents.documents) == {"api/orders.yaml", "common/parts.yaml"}
    assert [(r.path.name, r.reason.code, r.part) for r in plan.refused] == [
        ("broken.yaml", "syntax", False),
        ("notes.json", "unknown-specification", False),
        ("parts.yaml", "unknown-specification", True),
    ]


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, ".cache/orders.yaml")
    assert tree.candidates(tmp_path) == []


def test_a_folder_may_be_named_from_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "contracts/erp/orders.yaml")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (planned,) = tree.read(Path("../contracts")).contracts
    assert planned.identity == "erp/orders"


def test_what_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match="is no folder"):
        tree.read(tmp_path / "none")


def test_every_file_is_announced(tmp_path: Path) -> None:
    write(tmp_path, "a/x.yaml")
    seen: list[Path] = []
    tree.read(tmp_path, domain="other", seen=seen.append)
    assert seen == [tmp_path / "a" / "x.yaml"]
