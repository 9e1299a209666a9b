"""The documentation is held true by the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lading import settings
from lading.cli import commands

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"^\s*(?:\$ )?lading ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"`make ([a-z]+)`")


def pages(root: Path) -> list[Path]:
    return [*root.glob("*.md"), *(root / "docs").rglob("*.md")]


def test_settings_are_documented_from_the_code(root: Path) -> None:
    assert (root / "docs" / "settings.md").read_text("utf-8") == settings.documentation()


def test_links_lead_somewhere(root: Path) -> None:
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages(root)
        for target in LINK.findall(page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_commands_that_the_pages_name_exist(root: Path) -> None:
    known = commands()
    named = {name for page in pages(root) for name in COMMAND.findall(page.read_text("utf-8"))}
    assert sorted(named - set(known)) == []


def test_make_targets_that_the_pages_name_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text("utf-8")
    named = {name for page in pages(root) for name in TARGET.findall(page.read_text("utf-8"))}
    assert [name for name in sorted(named) if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "name", ["registry", "policies", "specs", "portal", "linters", "tests", "migrations"]
)
def test_the_folders_that_must_exist_do(root: Path, name: str) -> None:
    assert (root / name).is_dir()
