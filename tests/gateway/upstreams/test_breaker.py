from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.upstreams.breaker import Breaker
from gateway.upstreams.policy import Breaking

SETTINGS = Breaking(failures=0.5, calls=4, window=10.0, seconds=5.0, longest=15.0, probes=2)


def tripped(now: float = 0.0) -> Breaker:
    breaker = Breaker(SETTINGS)
    for _ in range(4):
        assert breaker.admit(now) == 0
        breaker.failed(now)
    assert breaker.state(now) == "open"
    return breaker


def test_it_opens_by_share_and_not_before_there_are_enough_calls() -> None:
    breaker = Breaker(SETTINGS)
    told = []
    for good in (True, False, False):
        breaker.succeeded(0.0) if good else told.append(breaker.failed(0.0))
    assert told == [False, False]
    assert breaker.failed(0.0)
    assert (breaker.state(0.0), breaker.opened) == ("open", 1)


def test_mostly_good_stays_closed() -> None:
    breaker = Breaker(SETTINGS)
    for number in range(100):
        breaker.failed(0.0) if number % 3 == 2 else breaker.succeeded(0.0)
    assert breaker.state(0.0) == "closed"


def test_what_is_older_than_the_window_is_forgotten() -> None:
    breaker = Breaker(SETTINGS)
    assert not any(breaker.failed(0.0) for _ in range(3))
    assert not any(breaker.failed(10.5) for _ in range(3))
    assert breaker.failed(10.5)


def test_while_open_calls_are_refused_and_told_when_to_come_back() -> None:
    breaker = tripped()
    assert [breaker.admit(0.0), breaker.admit(3.2), breaker.admit(4.9)] == [5, 2, 1]
    assert breaker.refused == 3


def test_half_open_lets_some_through_and_closes_when_all_went_well() -> None:
    breaker = tripped()
    assert breaker.state(5.0) == "half-open"
    assert [breaker.admit(5.0) for _ in range(3)] == [0, 0, 1]
    breaker.succeeded(5.1)
    assert breaker.admit(5.1) == 1  # one has gone well, one is on its way: no more are needed
    breaker.succeeded(5.2)
    assert (breaker.state(5.2), breaker.admit(5.2)) == ("closed", 0)
    assert not breaker.failed(5.2)  # the window began anew


def test_a_probe_that_fails_opens_it_for_longer_up_to_a_bound() -> None:
    breaker = tripped()
    for now, reopened in ((5.0, 10.0), (15.0, 15.0), (30.0, 15.0)):
        assert breaker.admit(now) == 0
        assert breaker.failed(now)
        assert breaker.admit(now) == reopened
    assert breaker.opened == 4


def test_a_probe_whose_caller_went_away_gives_its_place_back() -> None:
    breaker = tripped()
    assert [breaker.admit(5.0), breaker.admit(5.0), breaker.admit(5.0)] == [0, 0, 1]
    breaker.abandoned(5.0)
    assert breaker.admit(5.0) == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["good", "bad", "gone"]), st.floats(0, 20)), max_size=60))
def test_it_never_stays_shut_for_good(steps: list[tuple[str, float]]) -> None:
    """Whatever happened, after the longest time it lets calls through, and good ones close it."""
    breaker, now = Breaker(SETTINGS), 0.0
    for what, wait in steps:
        now += wait
        if breaker.admit(now) == 0:
            {"good": breaker.succeeded, "bad": breaker.failed, "gone": breaker.abandoned}[what](now)
    now += SETTINGS.longest
    for _ in range(SETTINGS.probes):
        assert breaker.admit(now) == 0
        breaker.succeeded(now)
    assert breaker.state(now) == "closed"
