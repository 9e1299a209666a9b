"""Nothing of the workplace where Lading is built, and no secret, stands in the repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]")
INDEX_ADDRESS = re.compile(r"--(?:extra-)?index-url|https?://")


def tracked(root: Path) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    return [root / name for name in listing.stdout.decode().split("\0") if name]


def test_no_private_key_is_committed(root: Path) -> None:
    found = [
        path.name for path in tracked(root) if PRIVATE_KEY.search(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_the_lock_files_pin_with_hashes_and_name_no_index(root: Path) -> None:
    for lock in (root / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert not INDEX_ADDRESS.search(text), lock
        for entry in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in entry, entry
            assert "--hash=sha256:" in entry, entry
