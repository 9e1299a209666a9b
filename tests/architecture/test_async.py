"""Decisions are synchronous: `async` appears only where I/O is done, and those places are listed here."""

from __future__ import annotations

import ast
from pathlib import Path

EDGES = (
    "gateway/",  # the pure part of it is listed below
    "registry/api/",
    "portal/",
    "lading/",
)
PURE = (
    "contracts/",
    "linters/",
    "policies/",
    "registry/domain/",
    "registry/services/",
    "registry/store/",
    "gateway/pipeline",
)


def async_modules(root: Path) -> set[str]:
    found = set()
    for package in ("contracts", "gateway", "lading", "linters", "policies", "portal", "registry"):
        for path in (root / package).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree)):
                found.add(path.relative_to(root).as_posix())
    return found


def test_async_stays_at_the_edges(root: Path) -> None:
    found = async_modules(root)
    assert sorted(name for name in found if name.startswith(PURE) or not name.startswith(EDGES)) == []
