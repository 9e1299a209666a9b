from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError, LimitExceeded
from contracts.limits import Limits
from lading import files
from lading.outcome import CouldNotTell

ROOT = """\
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths: {}
components:
  schemas:
    A: {$ref: "%s"}
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_set_holds_what_its_root_refers_to(tmp_path: Path) -> None:
    root = write(tmp_path, "a.yaml", ROOT % "parts/b.yaml#/B")
    write(tmp_path, "parts/b.yaml", "B: {type: string}\n")
    documents = files.read_set(root)
    assert documents.problems == ()
    assert set(documents.documents) == {str(root), str(tmp_path / "parts" / "b.yaml")}


@pytest.mark.parametrize(
    "reference", ["../out.yaml#/B", "https://example.com/b.yaml#/B", "link.yaml#/B", "none.yaml"]
)
def test_nothing_outside_the_folder_is_read(tmp_path: Path, reference: str) -> None:
    write(tmp_path, "out.yaml", "B: {type: string}\n")
    root = write(tmp_path, "in/a.yaml", ROOT % reference)
    (tmp_path / "in" / "link.yaml").symlink_to(tmp_path / "out.yaml")
    (problem,) = files.read_set(root).problems
    assert problem.source == str(root)
    assert problem.code in {"reference-outside", "reference-unresolved"}
    assert problem.line == 6


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match="No such file"):
        files.read_document(tmp_path / "none.yaml")
    with pytest.raises(CouldNotTell, match="is a folder"):
        files.read_document(tmp_path)


def test_a_file_is_never_read_beyond_its_bound(tmp_path: Path) -> None:
    path = write(tmp_path, "big.yaml", "a: " + "x" * 1000)
    assert len(files.read_bytes(path, Limits(bytes=100))) == 101
    with pytest.raises(LimitExceeded):
        files.read_document(path, limits=Limits(bytes=100))


def test_messages_name_the_file_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "bad.yaml", "a: b: c\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ContractError) as raised:
        files.read_set(Path("bad.yaml"))
    assert str(raised.value).startswith("bad.yaml:1:")


def test_below_the_working_folder_a_reference_may_climb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "common/b.yaml", "B: {type: string}\n")
    write(tmp_path, "orders/a.yaml", ROOT % "../common/b.yaml#/B")
    monkeypatch.chdir(tmp_path)
    documents = files.read_set(Path("orders/a.yaml"))
    assert documents.problems == ()
    assert "common/b.yaml" in documents.documents


def test_a_boundary_can_be_given(tmp_path: Path) -> None:
    write(tmp_path, "common/b.yaml", "B: {type: string}\n")
    root = write(tmp_path, "orders/a.yaml", ROOT % "../common/b.yaml#/B")
    documents = files.read_set(root, boundary=tmp_path)
    assert documents.problems == ()
    assert set(documents.documents) == {"orders/a.yaml", "common/b.yaml"}


def test_what_is_asked_for_is_recorded_with_its_stamp_from_before(tmp_path: Path) -> None:
    there, absent = tmp_path / "a.yaml", tmp_path / "b.yaml"
    there.write_text("a: 1")
    with files.recording() as read:
        files.read_bytes(there)
        with pytest.raises(CouldNotTell):
            files.read_bytes(absent)
    assert read == {there: files.stamp(there), absent: None}
    there.write_text("a: 22")
    assert read[there] != files.stamp(there)


def test_outside_of_a_recording_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")
    with files.recording() as read:
        pass
    files.read_bytes(tmp_path / "a.yaml")
    assert read == {}
