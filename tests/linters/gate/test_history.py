from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff import BACKWARD
from linters.gate import Profile, decide, versions_to_compare
from linters.gate.history import MOST
from linters.gate.request import Earlier
from linters.gate.result import Check
from tests.linters.diff.building import events, http
from tests.linters.gate.building import NARROW, WIDE, request

TRANSITIVE = replace(BACKWARD, name="backward-transitive", history="all")


@pytest.mark.parametrize(
    ("base", "earlier", "expected"),
    [
        ("1.2.0", ("1.2.0", "1.1.0", "1.0.0"), ()),
        ("1.2.0-rc.2", ("1.2.0-rc.2", "1.2.0-rc.1", "1.1.0", "1.0.0"), ("1.1.0",)),
        ("1.0.0-rc.1", ("1.0.0-rc.1",), ()),
    ],
)
def test_after_a_pre_release_the_last_release_counts(
    base: str, earlier: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert versions_to_compare(BACKWARD, base, earlier) == expected


def test_a_transitive_policy_asks_for_all() -> None:
    assert versions_to_compare(TRANSITIVE, "1.2.0", ("1.2.0", "1.1.0", "1.0.0")) == ("1.1.0", "1.0.0")


def _compatibility(*earlier: Earlier, version: str = "1.2.0", known: bool = True) -> Check:
    """A candidate that is the base once more, and narrower than what came before that."""
    base, candidate = http(request=NARROW, version="1.1.0"), http(request=NARROW, version=version)
    asked = request(base, candidate, earlier=earlier if known else None)
    found = decide(asked, Profile(policy=TRANSITIVE)).checks
    return next(check for check in found if check.name == "compatibility")


def test_an_earlier_version_that_breaks_fails_though_the_latest_does_not() -> None:
    found = _compatibility(Earlier("1.0.0", http(request=WIDE)))
    assert found.outcome == "fail"
    assert "since 1.0.0" in found.reason
    assert found.details["earlier"][0]["breaking"] == 1


def test_another_major_version_announces_it_to_the_earlier_too() -> None:
    assert _compatibility(Earlier("1.0.0", http(request=WIDE)), version="2.0.0").outcome == "pass"


def test_alike_versions_pass_and_their_number_is_told() -> None:
    found = _compatibility(Earlier("1.0.0", http(request=NARROW)))
    assert (found.outcome, "1 earlier version as well" in found.reason) == ("pass", True)


def test_what_is_not_known_or_not_read_is_unchecked() -> None:
    assert _compatibility(known=False).outcome == "unchecked"
    assert _compatibility(Earlier("1.0.0", None)).outcome == "unchecked"
    many = [Earlier(f"0.{number}.0", http(request=NARROW)) for number in range(MOST + 1)]
    assert _compatibility(*many).outcome == "unchecked"


def test_an_earlier_version_of_another_kind_fails() -> None:
    assert _compatibility(Earlier("1.0.0", events())).outcome == "fail"


def test_the_first_version_has_none_before_it() -> None:
    asked = request(None, http(), is_first=True)
    found = decide(asked, Profile(policy=TRANSITIVE)).checks
    assert next(check for check in found if check.name == "compatibility").outcome == "pass"
