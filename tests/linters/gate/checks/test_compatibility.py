from __future__ import annotations

from linters.gate import Profile
from linters.gate.checks import compatibility
from tests.linters.diff.building import http
from tests.linters.gate.building import NARROW, WIDE, breaking, safe, weighed


def test_outcomes() -> None:
    assert compatibility.check(weighed(*safe())).outcome == "pass"
    assert compatibility.check(weighed(*breaking())).outcome == "fail"
    assert compatibility.check(weighed(*breaking("2.0.0"))).outcome == "pass"
    assert compatibility.check(weighed(*breaking("2.0.0"), Profile(breaking="refuse"))).outcome == "fail"
    assert compatibility.check(weighed(http(), http())).reason.startswith("Nothing changed")


def test_unknown_is_unchecked_and_says_what_stopped_it() -> None:
    base, revision = {"type": "string", "pattern": "^(?=a)a+$"}, {"type": "string", "pattern": "^a*$"}
    check = compatibility.check(weighed(http(request=base), http(request=revision)))
    assert check.outcome == "unchecked"
    assert "pattern" in check.reason


def test_no_base() -> None:
    assert compatibility.check(weighed(None, http())).outcome == "unchecked"
    assert compatibility.check(weighed(None, http(), is_first=True)).outcome == "pass"


def test_pre_releases_of_one_version_may_break() -> None:
    pair = http(request=WIDE, version="2.0.0-rc.1"), http(request=NARROW, version="2.0.0-rc.2")
    assert compatibility.check(weighed(*pair)).outcome == "pass"
    pair = http(request=WIDE, version="1.5.0-rc.1"), http(request=NARROW, version="1.5.0")
    assert compatibility.check(weighed(*pair)).outcome == "fail"
