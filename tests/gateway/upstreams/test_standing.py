from gateway.upstreams.policy import Checks, Ejection
from gateway.upstreams.standing import Standing

EJECTION = Ejection(failures=3, seconds=10.0, longest=25.0, probation=2)
CHECKS = Checks("/", failures=2, successes=2)


def fail(standing: Standing, now: float, times: int = 1) -> list[bool]:
    return [standing.failed(EJECTION, now) for _ in range(times)]


def test_failures_in_a_row_take_an_address_out() -> None:
    standing = Standing()
    assert fail(standing, 0.0, 2) == [False, False]
    standing.succeeded(EJECTION, 0.0)
    assert fail(standing, 0.0, 3) == [False, False, True]
    assert (standing.state(0.0), standing.takes(0.0, 0), standing.clean) == ("ejected", False, False)
    assert standing.counts == {"calls": 1, "checks": 0}


def test_it_returns_on_probation_one_call_at_a_time() -> None:
    standing = Standing()
    fail(standing, 0.0, 3)
    assert not standing.takes(9.9, 0)
    assert standing.state(10.0) == "probation"
    assert standing.takes(10.0, 0)
    assert not standing.takes(10.0, 1)
    standing.succeeded(EJECTION, 10.0)
    assert standing.state(10.0) == "probation"
    assert standing.takes(10.0, 1), "as the one that went well may be a stream that goes on"
    assert not standing.takes(10.0, 2)
    standing.succeeded(EJECTION, 10.0)
    assert (standing.state(10.0), standing.clean, standing.takes(10.0, 9)) == ("well", True, True)


def test_a_failure_on_probation_takes_it_out_for_longer_up_to_a_bound() -> None:
    standing = Standing()
    fail(standing, 0.0, 3)
    assert fail(standing, 10.0) == [True]
    assert standing.state(29.9) == "ejected"
    assert fail(standing, 30.0) == [True]
    assert (standing.state(54.9), standing.state(55.0)) == ("ejected", "probation")


def test_calls_that_were_on_their_way_neither_prolong_nor_redeem() -> None:
    standing = Standing()
    fail(standing, 0.0, 3)
    assert fail(standing, 1.0, 5) == [False] * 5
    standing.succeeded(EJECTION, 2.0)
    standing.succeeded(EJECTION, 2.0)
    assert standing.state(9.9) == "ejected"


def test_who_is_recalled_can_prove_itself() -> None:
    """Calls go there since there is nowhere else to go."""
    standing = Standing()
    fail(standing, 0.0, 3)
    assert standing.out(1.0)
    standing.recall(1.0)
    assert (standing.out(1.0), standing.state(1.0)) == (False, "probation")
    standing.succeeded(EJECTION, 1.0)
    standing.succeeded(EJECTION, 1.0)
    assert standing.state(1.0) == "well"
    standing.recall(1.0)
    assert standing.clean


def test_who_is_recalled_and_fails_is_out_for_longer() -> None:
    standing = Standing()
    fail(standing, 0.0, 3)
    standing.recall(1.0)
    assert fail(standing, 1.0) == [True]
    assert (standing.state(20.9), standing.state(21.0)) == ("ejected", "probation")


def test_without_settings_nothing_is_taken_out() -> None:
    standing = Standing()
    assert not any(standing.failed(None, 0.0) for _ in range(9))


def test_health_checks_take_it_out_and_bring_it_back() -> None:
    standing = Standing()
    assert [standing.checked(CHECKS, ok) for ok in (False, True, False, False, False)] == [
        False, False, False, True, False,
    ]  # fmt: skip
    assert (standing.state(0.0), standing.takes(0.0, 0)) == ("unwell", False)
    assert [standing.checked(CHECKS, ok) for ok in (True, False, True, True)] == [False, False, False, True]
    assert (standing.state(0.0), standing.clean) == ("well", True)
    assert standing.counts == {"calls": 0, "checks": 1}


def test_well_by_checks_is_not_well_by_calls() -> None:
    standing = Standing()
    fail(standing, 0.0, 3)
    for ok in (False, False, True, True):
        standing.checked(CHECKS, ok)
    assert (standing.state(0.0), standing.clean) == ("ejected", False)
