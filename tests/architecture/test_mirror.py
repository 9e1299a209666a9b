"""Tests mirror the code path for path: a module without its test, or a test without its module, fails."""

from __future__ import annotations

from pathlib import Path

import pytest

PACKAGES = ("contracts", "gateway", "lading", "linters", "policies", "portal", "registry", "specs")


def modules(folder: Path) -> set[str]:
    """The dotted paths of a package's modules, `__init__`, `__main__` and data aside."""
    return {
        ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if not path.name.startswith("__")
    }


def claimed(folder: Path) -> set[str]:
    """The dotted paths of the modules that a folder of tests claims to test."""
    return {
        ".".join((*path.relative_to(folder.parent).parent.parts, path.stem.removeprefix("test_")))
        for path in folder.rglob("test_*.py")
    }


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_has_its_test_and_every_test_its_module(root: Path, package: str) -> None:
    code, tests = modules(root / package), claimed(root / "tests" / package)
    assert sorted(code - tests) == [], "modules without a test"
    assert sorted(tests - code) == [], "tests without a module"
