from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts.pointers import Path
from contracts.positions import NOWHERE
from linters.lint import Finding, Severity
from linters.suppression import Ignore, Waiver
from linters.suppression.entries import CODE, day

DAY = date(2026, 3, 1)


def finding(path: Path = (), source: str = "api/a.yaml", code: str = "naming-path") -> Finding:
    return Finding(code, "m", path, Severity.WARN, NOWHERE, source)


def ignore(rule: str = "naming-path", node: Path = (), until: date | None = None) -> Ignore:
    return Ignore(rule, "Agreed.", until, "api/a.yaml", (*node, "x-lading-ignore"), NOWHERE, node)


def waiver(**more: Any) -> Waiver:
    return Waiver("naming-path", "Agreed.", DAY, "w.yaml", (0,), NOWHERE, owner="a", approver="b", **more)


@pytest.mark.parametrize(
    ("rule", "code", "named"),
    [
        ("naming-path", "naming-path", True),
        ("naming-path", "naming-path-kebab", False),
        ("naming-*", "naming-path", True),
        ("naming-*", "auth-stated", False),
    ],
)
def test_a_rule_or_an_area_is_named(rule: str, code: str, named: bool) -> None:
    assert ignore(rule).names(code) is named
    assert ignore(rule).names_any(["else", code]) is named


@pytest.mark.parametrize("text", ["a", "naming-*", "team:rule.x/y_1"])
def test_codes(text: str) -> None:
    assert CODE.fullmatch(text)


@pytest.mark.parametrize("text", ["", "*", "a*b", "-a", "a b", "a" * 300])
def test_what_is_no_code(text: str) -> None:
    assert not CODE.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["2026-3-1", "2026-02-30", "20260301", "2026-03-01T00:00:00Z", "", 20260301, None]
)
def test_what_is_no_day(text: object) -> None:
    assert day(text) is None


def test_the_last_day_still_counts() -> None:
    assert day("2026-03-01") == DAY
    assert not ignore(until=DAY).is_expired(DAY)
    assert ignore(until=DAY).is_expired(date(2026, 3, 2))
    assert not ignore().is_expired(date.max)


@pytest.mark.parametrize(
    ("found", "covered"),
    [
        (finding(("paths", "/a", "get")), True),
        (finding(("paths", "/a")), True),
        (finding(("paths", "/ab")), False),
        (finding(("paths",)), False),
        (finding(("paths", "/a"), "api/b.yaml"), False),
    ],
)
def test_an_ignore_covers_its_node_and_what_is_below_in_the_same_file(found: Finding, covered: bool) -> None:
    assert ignore(node=("paths", "/a")).covers(found, "") is covered


@pytest.mark.parametrize(
    ("more", "covered"),
    [
        ({}, True),
        ({"file": "*.yaml"}, True),
        ({"file": "api/*.yaml"}, True),
        ({"file": "other/*.yaml"}, False),
        ({"pointer": ("tags", "0")}, True),
        ({"pointer": ("tags", "1")}, False),
        ({"pointer": ()}, True),
        ({"fingerprint": "f"}, True),
        ({"fingerprint": "g"}, False),
        ({"file": "a.yaml", "pointer": ("tags",), "fingerprint": "g"}, False),
    ],
)
def test_a_waiver_covers_what_all_that_it_states_fits(more: dict[str, Any], covered: bool) -> None:
    assert waiver(**more).covers(finding(("tags", 0, "name")), "f") is covered


def test_what_is_said_of_them() -> None:
    assert ignore().said == "Agreed."
    assert ignore(until=DAY).said == "Agreed. (until 2026-03-01)"
    assert waiver().said == "waived by b until 2026-03-01, for a: Agreed."
