from __future__ import annotations

from typing import Any

import pytest

from linters.gate import Check
from linters.gate.checks import version
from tests.linters.diff.building import http
from tests.linters.gate.asking import BARE, REQUIRED_SKU, SKU, broken, request, weighed


def added(new: str, old: str = "1.0.0", **facts: Any) -> Check:
    """An operation answers with more than it did."""
    before = http(response={"type": "object"}, version=old)
    return version.check(weighed(request(http(response=SKU, version=new), before, **facts)))


def test_a_first_version_is_whatever_it_is() -> None:
    check = version.check(weighed(request(http(version="0.1.0"))))
    assert (check.outcome, check.reason) == ("pass", "0.1.0 is the first version.")
    assert version.check(weighed(request(http(), is_first=False))).outcome == "unchecked"


def test_the_same_bytes_need_no_bump() -> None:
    assert version.check(weighed(request(http(), http()))).outcome == "pass"


def test_a_changed_document_with_the_old_number_lacks_its_bump() -> None:
    check = added("1.0.0")
    assert check.outcome == "fail"
    assert check.reason.endswith("still 1.0.0: the bump is missing. 1.1.0 would be right.")
    assert (check.details["needed"], check.details["suggested"]) == ("minor", "1.1.0")
    # Even a mere description needs another number, since the bytes differ.
    summary = version.check(weighed(request(http(operation={"summary": "Other."}), http())))
    assert summary.outcome == "fail"
    assert "1.0.1 would be right" in summary.reason


@pytest.mark.parametrize(
    ("new", "outcome", "words"),
    [
        ("1.1.0", "pass", "1.0.0 to 1.1.0 is a minor bump; the change asks for minor."),
        ("2.0.0", "pass", "is a major bump"),
        ("1.0.1", "fail", "asks for a minor bump, and 1.0.0 to 1.0.1 is a patch one. 1.1.0 would be right."),
        ("0.9.0", "fail", "0.9.0 is not later than 1.0.0. 1.1.0 would be right."),
        ("2026-01-01", "unchecked", "are not both SemVer numbers"),
    ],
)
def test_the_bump_must_say_what_the_change_is(new: str, outcome: str, words: str) -> None:
    check = added(new)
    assert check.outcome == outcome
    assert words in check.reason


def test_a_break_asks_for_a_major_version() -> None:
    assert "asks for a major bump" in version.check(weighed(broken("1.1.0"))).reason
    assert version.check(weighed(broken("2.0.0"))).outcome == "pass"


def test_before_one_a_minor_version_may_break() -> None:
    before = http(response=REQUIRED_SKU, version="0.3.0")
    assert version.check(weighed(request(http(response=BARE, version="0.4.0"), before))).outcome == "pass"
    assert version.check(weighed(request(http(response=BARE, version="0.3.1"), before))).outcome == "fail"


def test_the_number_to_publish_must_be_the_one_that_is_written() -> None:
    check = added("1.1.0", version="1.2.0")
    assert check.outcome == "fail"
    assert check.reason == "It is to be published as 1.2.0, and info.version says 1.1.0."


def test_dates_go_forward_and_cannot_announce_a_break() -> None:
    check = added("2026-02-01", "2026-01-01")
    assert (check.outcome, check.reason) == ("pass", "The date went from 2026-01-01 to 2026-02-01.")
    assert added("2025-02-01", "2026-01-01").outcome == "unchecked"
    before = http(response=REQUIRED_SKU, version="2026-01-01")
    assert (
        version.check(weighed(request(http(response=BARE, version="2026-02-01"), before))).outcome
        == "unchecked"
    )


def test_a_number_that_is_taken_is_not_suggested() -> None:
    assert added("1.0.0", history=("1.1.0",)).details["suggested"] == "1.1.1"
