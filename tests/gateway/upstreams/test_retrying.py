from hypothesis import given
from hypothesis import strategies as st

from gateway.upstreams.policy import Retries
from gateway.upstreams.retrying import Budget, backoff


def test_the_reserve_is_there_at_once_and_then_the_share() -> None:
    budget = Budget(Retries(budget=0.25, reserve=2))
    assert [budget.take() for _ in range(3)] == [True, True, False]
    for _ in range(4):
        budget.call()
    assert [budget.take(), budget.take()] == [True, False]
    assert (budget.used_up, budget.left) == (2, 0)


@given(calls=st.integers(0, 2000), reserve=st.integers(0, 20), share=st.floats(0, 1))
def test_never_more_than_the_share_and_the_reserve(calls: int, reserve: int, share: float) -> None:
    budget = Budget(Retries(budget=share, reserve=reserve))
    made = 0
    for _ in range(calls):
        budget.call()
        made += budget.take()
    assert made <= reserve + share * calls + 1e-6


def test_what_is_saved_up_has_an_end() -> None:
    budget = Budget(Retries(budget=1.0, reserve=3))
    for _ in range(10_000):
        budget.call()
    assert budget.left == 30


def test_waits_are_random_and_their_bound_doubles() -> None:
    settings = Retries(base=0.1, longest=0.5)
    assert [backoff(settings, tried, lambda: 1.0) for tried in (1, 2, 3, 4, 500)] == [0.1, 0.2, 0.4, 0.5, 0.5]
    assert backoff(settings, 3, lambda: 0.0) == 0.0
