from collections import Counter

from gateway.upstreams.group import Endpoint, Group
from gateway.upstreams.policy import Breaking, Checks, Ejection, Policy, Retries
from gateway.upstreams.receiving import BUSY

ADDRESSES = ("http://a:1", "http://b:2", "http://c:3")


def group(*addresses: str, **changes: object) -> Group:
    policy = Policy(**changes)  # type: ignore[arg-type]
    return Group([Endpoint(address, policy) for address in addresses or ADDRESSES], policy)


def picked(held: Group, times: int = 300, now: float = 0.0) -> Counter[str]:
    return Counter(held.pick((), now).address for _ in range(times))


def busy(endpoint: Endpoint, calls: int) -> None:
    """As though so many calls were on their way there."""
    endpoint.pool._waiting.extend([None] * calls)  # type: ignore[list-item]


def test_one_address_with_nothing_to_guard_is_plain() -> None:
    assert group("http://a:1").plain is not None
    assert group().plain is None
    assert group("http://a:1", breaking=Breaking()).plain is None
    assert group("http://a:1", in_flight=5).plain is None
    assert group("http://a:1", retries=Retries()).plain is None


def test_tries_elsewhere_are_made_without_being_asked_for() -> None:
    assert (group().retries.attempts, group("http://a:1").retries.attempts) == (1, 0)
    assert group(retries=Retries(attempts=0)).retries.attempts == 0


def test_all_addresses_get_calls() -> None:
    assert set(picked(group())) == set(ADDRESSES)


def test_the_less_busy_of_two_is_taken() -> None:
    held = group()
    busy(held.endpoints[0], 5)
    assert set(picked(held)) == set(ADDRESSES[1:])
    two = group(*ADDRESSES[:2])
    busy(two.endpoints[1], 1)
    assert set(picked(two)) == {ADDRESSES[0]}


def test_what_was_tried_is_tried_last() -> None:
    held = group()
    first, second, third = held.endpoints
    assert {held.pick([first], 0.0) for _ in range(100)} == {second, third}
    assert held.pick([first, second], 0.0) is third
    assert {held.pick([first, second, third], 0.0) for _ in range(100)} == {first, second, third}


def test_an_address_that_fails_gets_no_more_calls() -> None:
    held = group(*ADDRESSES[:2], ejection=Ejection(failures=2))
    first, second = held.endpoints
    for _ in range(2):
        held.failed(first, 0.0)
    assert set(picked(held)) == {second.address}
    assert not held.elsewhere([second], 0.0)
    assert held.told(0.0) == {first.address: "ejected"}


def test_where_too_few_are_well_all_get_calls_and_can_prove_themselves() -> None:
    held = group(*ADDRESSES, ejection=Ejection(failures=1, most=0.4, probation=1))
    first, second, third = held.endpoints
    held.failed(first, 0.0)
    assert set(picked(held)) == {second.address, third.address}
    held.failed(second, 0.0)
    assert set(picked(held)) == set(ADDRESSES), "two of three have to be well"
    assert [endpoint.standing.state(0.0) for endpoint in held.endpoints] == ["probation", "probation", "well"]
    held.succeeded(second, 0.0)
    held.failed(first, 0.0)
    assert set(picked(held)) == {second.address, third.address}


def test_where_none_is_well_all_get_calls() -> None:
    held = group(*ADDRESSES[:2], ejection=Ejection(failures=1, most=1.0))
    for endpoint in held.endpoints:
        held.failed(endpoint, 0.0)
    assert set(picked(held)) == set(ADDRESSES[:2])
    checked = group(*ADDRESSES[:2], checks=Checks("/", failures=1))
    for endpoint in checked.endpoints:
        endpoint.standing.checked(Checks("/", failures=1), False)
    assert set(picked(checked)) == set(ADDRESSES[:2])


def test_one_address_alone_is_never_out() -> None:
    held = group("http://a:1", breaking=Breaking())
    for _ in range(9):
        held.failed(held.endpoints[0], 0.0)
    assert held.told(0.0) == {}


def test_more_than_are_allowed_are_turned_away() -> None:
    held = group(in_flight=2)
    assert [held.enter(0.0) for _ in range(3)] == [None, None, BUSY]
    held.leave(None, 0.0)
    assert held.enter(0.0) is None
    assert held.shed == 1


def test_an_open_breaker_says_when_to_come_back() -> None:
    held = group(breaking=Breaking(calls=2, seconds=7.0))
    for _ in range(2):
        assert held.enter(0.0) is None
        held.leave(False, 0.0)
    failure = held.enter(0.0)
    assert failure is not None
    assert (failure.kind, failure.retry_after) == ("open", 7)
    assert not held.steady(0.0)
    assert held.told(0.0)["breaker"] == "open"


def test_a_group_is_full_when_all_its_addresses_are() -> None:
    held, single = group(), group("http://a:1")
    for endpoint in held.endpoints:
        assert not held.full
        endpoint.pool.full = True
    assert held.full
    assert not single.full
    single.endpoints[0].pool.full = True
    assert single.full


def test_the_breaker_minds_calls_however_many_tries_they_took() -> None:
    held = group(*ADDRESSES[:2], breaking=Breaking(calls=2))
    for _ in range(5):
        assert held.enter(0.0) is None
        held.failed(held.endpoints[0], 0.0)
        held.succeeded(held.endpoints[1], 0.0)
        held.leave(True, 0.0)
    assert held.breaker is not None
    assert held.breaker.state(0.0) == "closed"
