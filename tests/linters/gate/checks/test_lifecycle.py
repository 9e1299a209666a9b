from __future__ import annotations

from datetime import date

import pytest

from linters.gate import Lifecycle, Profile, decide
from linters.gate.checks import lifecycle
from tests.linters.diff.building import api, http
from tests.linters.gate.building import request, safe, weighed

NOTHING = api({"openapi": "3.1.0", "info": {"title": "Orders", "version": "1.1.0"}, "paths": {}})
NEXT = api({"openapi": "3.1.0", "info": {"title": "Orders", "version": "2.0.0"}, "paths": {}})


def test_nothing_ends() -> None:
    assert lifecycle.check(weighed(*safe())).outcome == "pass"


def test_an_operation_that_ends_without_notice() -> None:
    check = lifecycle.check(weighed(http(), NOTHING))
    assert check.outcome == "fail"
    assert "POST /orders" in check.reason
    assert lifecycle.check(weighed(http(), NOTHING, today=None)).outcome == "fail"


def test_without_a_calendar_a_sunset_cannot_be_judged() -> None:
    candidate = http(operation={"deprecated": True, "x-sunset": "2026-06-01"})
    assert lifecycle.check(weighed(http(), candidate, today=None)).outcome == "unchecked"


def test_an_operation_that_ends_before_its_sunset() -> None:
    base = http(operation={"deprecated": True, "x-sunset": "2026-06-01"})
    for today, count in ((date(2026, 1, 1), 1), (date(2026, 7, 1), 0)):
        comparison = decide(request(base, NOTHING, today=today), Profile()).comparison
        assert comparison is not None
        assert comparison.counts["breaking"] == count


def test_a_new_major_version_leaves_the_old_line_where_it_is() -> None:
    assert lifecycle.check(weighed(http(), NEXT)).outcome == "pass"


@pytest.mark.parametrize(("sunset", "outcome"), [("2026-02-01", "fail"), ("2026-06-01", "pass")])
def test_notice_periods(sunset: str, outcome: str) -> None:
    candidate = http(operation={"deprecated": True, "x-sunset": sunset})
    assert lifecycle.check(weighed(http(), candidate)).outcome == outcome


def test_a_retired_line_takes_nothing_more() -> None:
    facts = Lifecycle(state="retired", replacement="erp/orders@2.0.0")
    check = lifecycle.check(weighed(*safe(), lifecycle=facts))
    assert check.outcome == "fail"
    assert "erp/orders@2.0.0" in check.reason
