from __future__ import annotations

from linters.gate import Bump, Profile
from tests.linters.diff.building import http

from .asking import request, weighed


def test_the_version_asked_for_counts_before_the_one_that_is_written() -> None:
    seen = weighed(request(http(version="1.1.0"), http(version="1.0.0"), version="2.0.0"))
    assert (seen.version, seen.stated, seen.base_version) == ("2.0.0", "1.1.0", "1.0.0")
    assert seen.bump is Bump.MAJOR
    assert weighed(request(http(), http(), base_version="0.9.0")).base_version == "0.9.0"


def test_without_numbers_there_is_no_bump() -> None:
    assert weighed(request(http(version="2026-01-01"), http())).bump is None
    assert weighed(request(http())).bump is None
    assert weighed(request(http())).needed is Bump.NONE


def test_the_profile_says_whether_a_check_decides() -> None:
    seen = weighed(request(http()), Profile(required=frozenset({"lint"})))
    assert seen.check("lint", "pass", "Good.").required
    told = seen.check("impact", "fail", "Bad.", consumers=["wms"])
    assert not told.required
    assert told.details == {"consumers": ["wms"]}
