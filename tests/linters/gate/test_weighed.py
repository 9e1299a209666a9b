from __future__ import annotations

from linters.gate.versions import Bump

from .building import breaking, safe, weighed


def test_versions_are_those_handed_in_or_those_stated() -> None:
    found = weighed(*safe("1.1.0"))
    assert (found.base_version, found.version, found.stated) == ("1.0.0", "1.1.0", "1.1.0")
    assert found.bump is Bump.MINOR
    other = weighed(*safe("1.1.0"), version="2026-01-01", base_version="2025-01-01")
    assert (other.base_version, other.version, other.bump) == ("2025-01-01", "2026-01-01", None)


def test_what_the_change_asks_for() -> None:
    assert weighed(*breaking()).needed is Bump.MAJOR
    assert weighed(None, breaking()[0]).needed is Bump.NONE
