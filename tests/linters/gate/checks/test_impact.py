from __future__ import annotations

from linters.diff import Change
from linters.gate import Caller, Check
from linters.gate.checks import impact
from tests.linters.diff.building import http
from tests.linters.gate.asking import change, comparison, request, weighed

WMS = Caller("wms", frozenset({"GET /a", "GET /b"}), 12)
SHOP = Caller("shop", frozenset({"GET /c"}), 3)


def hit(*changes: Change, callers: tuple[Caller, ...] | None = (WMS, SHOP)) -> Check:
    return impact.check(weighed(request(http(), http(), callers=callers), comparison=comparison(*changes)))


def test_callers_that_nobody_knows_are_unchecked() -> None:
    assert hit(change("breaking"), callers=None).outcome == "unchecked"
    assert hit(change("breaking"), callers=()).outcome == "pass"


def test_who_calls_what_breaks_is_named() -> None:
    check = hit(change("breaking", "GET /a"))
    assert (check.outcome, check.reason) == ("fail", "It breaks 1 consumer: wms.")
    assert check.details["consumers"] == ["wms"]
    assert not check.required


def test_who_calls_something_else_is_not_hit() -> None:
    check = hit(change("breaking", "GET /z"), change("safe", "GET /a"))
    assert (check.outcome, check.reason) == ("pass", "What breaks is not used by its 2 consumers.")


def test_a_change_that_operations_share_hits_the_callers_of_each() -> None:
    shared = change("breaking", "GET /a", operations=("GET /a", "GET /c"))
    assert hit(shared).details["consumers"] == ["wms", "shop"]


def test_a_break_of_the_whole_contract_hits_everyone() -> None:
    assert hit(change("breaking", None)).details["consumers"] == ["wms", "shop"]


def test_a_caller_of_unknown_operations_counts_as_hit() -> None:
    assert hit(change("breaking", "GET /z"), callers=(Caller("edi"), SHOP)).details["consumers"] == ["edi"]


def test_where_nothing_breaks_nobody_is_hit() -> None:
    check = hit(change("safe"))
    assert (check.outcome, check.reason) == ("pass", "Nothing breaks for its 2 consumers.")
    first = impact.check(weighed(request(http(), callers=(WMS,))))
    assert (first.outcome, first.reason) == ("pass", "Nothing breaks for its 1 consumer.")


def test_many_names_are_cut_short() -> None:
    many = tuple(Caller(f"c{number}") for number in range(150))
    check = hit(change("breaking"), callers=many)
    assert check.reason == "It breaks 150 consumers: c0, c1, c2, c3, c4."
    assert len(check.details["consumers"]) == 100
