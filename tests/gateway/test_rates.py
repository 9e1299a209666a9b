from hypothesis import given
from hypothesis import strategies as st

from gateway.rates import Demand, Rates, fields
from gateway.snapshot.contract import Plan

KEY = ("c", "erp/orders", 1)


def test_a_burst_may_come_at_once_and_then_the_rate_counts() -> None:
    rates, plan = Rates(), Plan("standard", limit=60, window=60, burst=3)
    assert [rates.take(KEY, plan, 100.0).allowed for _ in range(4)] == [True, True, True, False]
    assert rates.take(KEY, plan, 100.0).retry_after == 1
    assert not rates.take(KEY, plan, 100.9).allowed
    assert rates.take(KEY, plan, 101.0).allowed
    assert not rates.take(KEY, plan, 101.0).allowed


def test_consumers_do_not_share() -> None:
    rates, plan = Rates(), Plan("one", 1, 60, 1)
    assert rates.take(("a", "x", 1), plan, 0).allowed
    assert rates.take(("b", "x", 1), plan, 0).allowed
    assert not rates.take(("a", "x", 1), plan, 0).allowed


def test_the_fields_of_the_draft() -> None:
    rates, plan = Rates(), Plan('with "quotes"', 100, 60, 2)
    granted, second, refused = (rates.take(KEY, plan, 5.0) for _ in range(3))
    assert fields(plan, granted) == (
        (b"ratelimit-policy", b'"with \\"quotes\\"";q=100;w=60'),
        (b"ratelimit", b'"with \\"quotes\\"";r=1;t=1'),
    )
    assert second.remaining == 0
    slow = Plan("slow", 2, 60, 2)
    seen = [dict(fields(slow, Rates().take(KEY, slow, 5.0)))[b"ratelimit"]]
    slowly = Rates()
    seen += [dict(fields(slow, slowly.take(KEY, slow, now)))[b"ratelimit"] for now in (5.0, 15.0, 20.0)]
    assert seen == [b'"slow";r=1;t=30', b'"slow";r=1;t=30', b'"slow";r=0;t=20', b'"slow";r=0;t=15']
    assert dict(fields(plan, refused))[b"ratelimit"].endswith(b";r=0;t=1")


def test_a_refused_call_may_come_again_when_the_window_ends() -> None:
    """Section 6: Retry-After does not lie before the end of the effective window."""
    rates, plan = Rates(), Plan("p", 3, 60, 3)
    grants = [rates.take(KEY, plan, 7.0) for _ in range(4)]
    assert [(grant.remaining, grant.reset, grant.retry_after) for grant in grants] == [
        (2, 20, 0), (1, 20, 0), (0, 20, 0), (0, 20, 20),
    ]  # fmt: skip
    assert rates.take(KEY, plan, 27.0).allowed


def demand(scope: str, plan: Plan) -> Demand:
    return Demand(("c", scope, 1), plan, plan.name)


def test_of_several_all_are_taken_or_none() -> None:
    rates = Rates()
    asked = [demand("a", Plan("narrow", 1, 100, 1)), demand("b", Plan("wide", 5, 100, 5))]
    assert [(one.allowed, one.remaining) for one in rates.take_all(asked, 0.0)] == [(True, 0), (True, 4)]
    for _ in range(9):
        assert [(one.allowed, one.remaining) for one in rates.take_all(asked, 0.0)] == [(False, 0), (True, 4)]
    assert [(one.allowed, one.remaining) for one in rates.take_all(asked[::-1], 0.0)] == [
        (True, 4),
        (False, 0),
    ]
    assert rates.take_all(asked[1:], 0.0)[0].remaining == 3
    assert [one.allowed for one in rates.take_all(asked, 100.0)] == [True, True]
    assert rates.take_all([], 0.0) == []


@given(st.lists(st.floats(0, 2), max_size=40), st.integers(1, 5), st.integers(1, 5))
def test_one_of_several_is_as_one_alone(steps: list[float], limit: int, window: int) -> None:
    alone, several, now, plan = Rates(), Rates(), 0.0, Plan("p", limit, window, limit)
    for step in steps:
        now += step
        assert several.take_all([demand("a", plan)], now) == [alone.take(("c", "a", 1), plan, now)]


@given(
    limit=st.integers(1, 50),
    window=st.integers(1, 50),
    burst=st.integers(1, 50),
    steps=st.lists(st.floats(0, 5), min_size=1, max_size=60),
)
def test_never_more_than_the_burst_and_what_the_time_gives(
    limit: int, window: int, burst: int, steps: list[float]
) -> None:
    rates, plan, now, granted = Rates(), Plan("p", limit, window, burst), 1000.0, 0
    for step in steps:
        now += step
        granted += rates.take(KEY, plan, now).allowed
    assert granted <= burst + (now - 1000.0) * limit / window + 1
