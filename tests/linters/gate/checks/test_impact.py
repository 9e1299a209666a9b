from __future__ import annotations

from dataclasses import replace

from linters.diff import Change, Comparison
from linters.gate import Caller
from linters.gate.checks import impact
from tests.linters.gate.building import breaking, safe, weighed

ORDERS = Caller("wms", frozenset(("POST /orders",)), 12)
OTHERS = Caller("tms", frozenset(("GET /trips",)))
UNKNOWN = Caller("erp")


def test_who_is_hit() -> None:
    check = impact.check(weighed(*breaking(), callers=(ORDERS, OTHERS)))
    assert check.outcome == "fail"
    assert check.details["consumers"] == ["wms"]
    assert impact.check(weighed(*breaking(), callers=(OTHERS,))).outcome == "pass"


def test_a_caller_of_whom_nothing_is_known_counts_as_hit() -> None:
    assert impact.check(weighed(*breaking(), callers=(UNKNOWN,))).details["consumers"] == ["erp"]


def test_nothing_breaks_and_nothing_is_known() -> None:
    assert impact.check(weighed(*safe(), callers=(ORDERS,))).outcome == "pass"
    assert impact.check(weighed(*breaking())).outcome == "unchecked"


def test_a_change_that_operations_share_hits_the_callers_of_each() -> None:
    shared = Change(
        "x", "breaking", "consumer", "GET /a", "", "", None, None, "x.", operations=("GET /a", "GET /trips")
    )
    seen = replace(
        weighed(*breaking(), callers=(ORDERS, OTHERS)), comparison=Comparison.of([shared], "backward")
    )
    assert impact.check(seen).details["consumers"] == ["tms"]
