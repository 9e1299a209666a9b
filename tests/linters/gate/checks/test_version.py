from __future__ import annotations

import pytest
import yaml

from contracts.model import HttpApi, build
from contracts.references import from_files
from linters.gate.checks import version
from tests.linters.diff.building import http
from tests.linters.gate.building import NARROW, WIDE, breaking, safe, weighed


@pytest.mark.parametrize(
    ("pair", "outcome", "said"),
    [
        (safe("1.1.0"), "pass", "minor bump"),
        (safe("1.0.1"), "fail", "1.1.0 would be right"),
        (safe("1.0.0"), "fail", "the bump is missing"),
        (safe("0.9.0"), "fail", "not later"),
        (breaking("1.1.0"), "fail", "2.0.0 would be right"),
        (breaking("2.0.0"), "pass", "major bump"),
        (
            (http(version="2025-01-01", request=NARROW), http(version="2026-01-01", request=WIDE)),
            "pass",
            "date",
        ),
        (
            (http(version="2025-01-01", request=WIDE), http(version="2026-01-01", request=NARROW)),
            "unchecked",
            "SemVer",
        ),
        ((http(), http()), "pass", "byte for byte"),
    ],
)
def test_rule(pair, outcome: str, said: str) -> None:
    check = version.check(weighed(*pair))
    assert check.outcome == outcome
    assert said in check.reason


def test_a_publisher_who_did_not_touch_the_version_is_told_even_where_the_history_dates_it() -> None:
    check = version.check(weighed(*safe("1.0.0"), version="2026-01-14", base_version="2026-01-01"))
    assert check.outcome == "fail"
    assert "bump is missing" in check.reason


def test_what_is_published_is_what_is_stated() -> None:
    check = version.check(weighed(*safe("1.1.0"), version="1.2.0"))
    assert check.outcome == "fail"
    assert "1.2.0" in check.reason


def test_versions_that_are_taken_are_not_suggested() -> None:
    check = version.check(weighed(*safe("1.0.0"), history=("1.0.0", "1.1.0")))
    assert check.details["suggested"] == "1.1.1"


def test_first_and_unknown() -> None:
    assert version.check(weighed(None, http(), is_first=True)).outcome == "pass"
    assert version.check(weighed(None, http())).outcome == "unchecked"


def test_a_part_that_changed_asks_for_a_bump_though_the_root_did_not() -> None:
    def split(most: int) -> HttpApi:
        root = yaml.safe_dump(
            {
                "openapi": "3.1.0",
                "info": {"title": "Orders", "version": "1.0.0"},
                "paths": {},
                "components": {"schemas": {"A": {"$ref": "part.yaml"}}},
            }
        )
        files = {"root.yaml": root.encode(), "part.yaml": f"maxLength: {most}\n".encode()}
        built = build(from_files(files, "root.yaml"))
        assert isinstance(built, HttpApi)
        return built

    assert version.check(weighed(split(1), split(1))).reason.startswith("The document is the same")
    assert version.check(weighed(split(1), split(2))).outcome == "fail"


def _at(path: str, version: str, request: object) -> HttpApi:
    return http(path=path, version=version, request=request)


@pytest.mark.parametrize(
    ("base", "candidate", "outcome", "said"),
    [
        (("/v1/a", "1.0.0", WIDE), ("/v2/a", "2.0.0", NARROW), "pass", "major bump"),
        (("/v1/a", "1.0.0", WIDE), ("/v2/a", "1.1.0", NARROW), "fail", "from v1 to v2"),
        (("/v1/a", "1.0.0", WIDE), ("/v1/a", "2.0.0", NARROW), "fail", "both are served at v1"),
        (("/v2/a", "2.0.0", WIDE), ("/v1/a", "3.0.0", NARROW), "fail", "went back"),
        (("/v1/a", "2025-01-01", WIDE), ("/v2/a", "2026-01-01", NARROW), "pass", "announces any change"),
        (
            ("/v1/a", "2025-01-01", WIDE),
            ("/v1/a", "2026-01-01", NARROW),
            "unchecked",
            "A major version in the addresses",
        ),
        # Addresses that count otherwise than the versions say nothing about them.
        (("/v1/a", "4.0.0", WIDE), ("/v1/a", "5.0.0", NARROW), "pass", "major bump"),
    ],
)
def test_a_major_version_in_the_addresses(
    base: tuple[str, str, object], candidate: tuple[str, str, object], outcome: str, said: str
) -> None:
    check = version.check(weighed(_at(*base), _at(*candidate)))
    assert (check.outcome, said in check.reason) == (outcome, True), check.reason


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ("2.0.0-rc.1", "2.0.0-rc.2", "pass"),
        ("2.0.0-rc.1", "2.0.0", "pass"),
        ("1.5.0-rc.1", "1.5.0", "fail"),
        ("0.3.0", "0.4.0", "pass"),
        ("0.3.0", "0.3.1", "fail"),
        ("2026-02", "2026-01", "fail"),
    ],
)
def test_what_a_breaking_change_may_come_with(old: str, new: str, outcome: str) -> None:
    check = version.check(weighed(http(request=WIDE, version=old), http(request=NARROW, version=new)))
    assert check.outcome == outcome, check.reason


def test_before_the_first_release_additions_come_in_a_patch() -> None:
    check = version.check(weighed(http(request=NARROW, version="0.3.0"), http(request=WIDE, version="0.3.1")))
    assert check.outcome == "pass"
    assert "additive" in check.reason
