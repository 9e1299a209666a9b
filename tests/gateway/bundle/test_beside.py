import gc
import sys
import time
import weakref
from typing import cast

import pytest

from gateway.bundle.beside import Pace, beside, let_go
from gateway.snapshot.compiling import defer_contract
from gateway.snapshot.contract import Contract
from gateway.snapshot.deferred import Deferred
from gateway.snapshot.snapshot import snapshot
from gateway.turns import TURN
from tests.gateway.world import ORDERS, api_of


def test_the_interpreter_gives_way_meanwhile_and_is_as_before_afterwards() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    meanwhile = beside(lambda: (sys.getswitchinterval(), gc.get_threshold()[2]))
    assert meanwhile == (pytest.approx(TURN, rel=0.1), 1_000_000)
    assert (sys.getswitchinterval(), gc.get_threshold()) == before


def test_so_it_is_where_compiling_fails() -> None:
    before = sys.getswitchinterval(), gc.get_threshold()
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)
    assert (sys.getswitchinterval(), gc.get_threshold()) == before


def test_a_snapshot_is_given_back_without_the_garbage_collector() -> None:
    contract = Contract("orders", "1", ("/v1",))
    held = [
        beside(lambda: snapshot([defer_contract(contract, api_of(ORDERS), lambda: api_of(ORDERS))], id="a"))
    ]
    first = cast(Deferred, held[0].compiled[0].operations[0][2])
    source = weakref.ref(first._source)
    del first
    gc.disable()
    try:
        assert source() is not None
        let_go(held)
        assert held == []
        assert source() is None
    finally:
        gc.enable()


def test_a_piece_of_work_is_followed_by_a_rest_as_long() -> None:
    pace = Pace(most=0.05)
    begun = time.perf_counter()
    while time.perf_counter() - begun < 0.02:
        pass
    worked = time.perf_counter()
    pace.rest()
    assert time.perf_counter() - worked >= 0.02
