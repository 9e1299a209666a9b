import os
import signal
from collections.abc import Callable, Sequence

import pytest

from gateway.rates import Demand, Rates
from gateway.snapshot.contract import Plan
from gateway.workers.rates import CommonRates

PLAN = Plan("standard", 60, 60, 10)
KEY = ("c1", "erp/orders", 1)


def test_it_grants_what_one_process_would() -> None:
    common, alone = CommonRates(64), Rates()
    for now in (0.0, 0.0, 0.5, 1.0, 1.1, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 100.0):
        assert common.take(KEY, PLAN, now) == alone.take(KEY, PLAN, now)
    assert common.take(("c2", "erp/orders", 1), PLAN, 5.0).remaining == 9


def granted_to(takes: Sequence[Callable[[], bool]]) -> int:
    """How many of 300 calls each are granted, to as many processes at once."""
    children, granted = [], 0
    for take in takes:
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.write(theirs, sum(take() for _ in range(300)).to_bytes(4, "big"))
            os._exit(0)
        os.close(theirs)
        children.append((pid, ours))
    for pid, ours in children:
        granted += int.from_bytes(os.read(ours, 4), "big")
        os.close(ours)
        os.waitpid(pid, 0)
    return granted


def test_processes_take_from_one_allowance() -> None:
    common = CommonRates(64)
    plan = Plan("standard", 1, 3600, 500)
    assert granted_to([lambda: common.take(KEY, plan, 1.0).allowed] * 4) == 500


@pytest.mark.parametrize("cells", [8, 1 << 12])
def test_of_several_all_are_taken_or_none(cells: int) -> None:
    common, alone = CommonRates(cells), Rates()
    narrow, wide = Plan("narrow", 1, 100, 1), Plan("wide", 5, 100, 5)
    asked = [Demand(("c", "a", 1), narrow), Demand(("c", "b", 1), wide), Demand(("c", "c", 1), PLAN)]
    for now, some in ((0.0, asked), (0.0, asked), (0.0, asked[::-1]), (0.0, asked[1:]), (100.0, asked)):
        assert common.take_all(some, now) == alone.take_all(some, now)


def test_processes_take_from_several_allowances_at_once() -> None:
    """In opposite orders, which must neither block nor take from one alone."""
    common = CommonRates(1 << 12)
    narrow, wide = Plan("narrow", 1, 3600, 300), Plan("wide", 1, 3600, 1000)
    asked = [Demand(("c", "a", 1), narrow), Demand(("c", "b", 1), wide)]
    takes = [
        lambda order=order: all(one.allowed for one in common.take_all(asked[::order], 1.0))
        for order in (1, -1, 1, -1)
    ]
    assert granted_to(takes) == 300
    assert common.take_all(asked[1:], 1.0)[0].remaining == 699


def test_a_process_that_dies_with_a_lock_holds_up_nobody() -> None:
    common = CommonRates(8)  # one bucket
    ready, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        import fcntl

        fcntl.lockf(common._lock, fcntl.LOCK_EX, 1, 0)
        os.write(tell, b"r")
        signal.pause()
    os.read(ready, 1)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert common.take(KEY, PLAN, 1.0).allowed


@pytest.mark.parametrize("cells", [8, 64])
def test_where_there_is_no_room_who_recovers_soonest_makes_it(cells: int) -> None:
    common = CommonRates(cells)
    slow = Plan("slow", 1, 3600, 2)
    assert common.take(KEY, slow, 0.0).allowed
    for number in range(1000):
        common.take((f"c{number}", "erp/orders", 1), PLAN, number / 10)
    assert common.take(KEY, slow, 100.0).allowed
    assert not common.take(KEY, slow, 100.0).allowed  # it was never forgotten
