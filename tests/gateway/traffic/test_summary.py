from gateway.traffic.summary import Endpoint, Summary, most


def test_the_most_frequent_comes_first() -> None:
    held = {(str(count),): Endpoint("", "", "", "", "", count) for count in (1, 3, 2)}
    assert [found.count for found in most(held)] == [3, 2, 1]


def test_nothing_seen_is_not_judged() -> None:
    assert Summary().clean
    assert not Summary().judged
    seen = Summary(exchanges=1)
    assert seen.judged
    seen.unread["it is not JSON"] += 1
    assert not seen.judged
