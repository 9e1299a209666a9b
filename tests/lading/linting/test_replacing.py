"""Files that get new contents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lading.linting.replacing import Replacement, replace_all
from lading.outcome import CouldNotTell


def test_all_are_replaced_with_their_permissions_through_links(tmp_path: Path) -> None:
    one, two, link = tmp_path / "one", tmp_path / "two", tmp_path / "link"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    one.chmod(0o640)
    link.symlink_to(two)
    replace_all({one: Replacement(b"1", b"I"), link: Replacement(b"2", b"II")})
    assert (one.read_bytes(), two.read_bytes()) == (b"I", b"II")
    assert one.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["link", "one", "two"]


def test_none_is_replaced_where_one_changed_meanwhile(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"somebody else's")
    with pytest.raises(CouldNotTell, match="changed meanwhile"):
        replace_all({one: Replacement(b"1", b"I"), two: Replacement(b"2", b"II")})
    assert one.read_bytes() == b"1"
    assert sorted(os.listdir(tmp_path)) == ["one", "two"]


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match="cannot be written"):
        replace_all({tmp_path / "gone": Replacement(b"", b"x")})
    assert os.listdir(tmp_path) == []
