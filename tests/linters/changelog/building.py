"""Changelogs for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from linters.changelog import Changelog, Version, changelog
from tests.linters.diff.building import http

OPEN = {"type": "object", "properties": {"sku": {"type": "string"}}}
STRICT = {**OPEN, "required": ["sku"]}


def version(name: str, request: Any, **more: Any) -> Version:
    return Version(name, date(2026, 1, 1), http(request=request, version=name), **more)


def orders(title: str = "Orders") -> Changelog:
    """1.0.0, then 2.0.0 that breaks, then one that cannot be read, then 2.0.1 in which nothing changed."""
    return changelog(
        title,
        [
            version("1.0.0", OPEN, note="Deprecated; its last day is 2035-06-30"),
            version("2.0.0", STRICT),
            Version("abc123", date(2026, 1, 2), problem="orders.yaml:3: it ends early."),
            version("2.0.1", STRICT),
        ],
    )
