import sys

import pytest

from gateway.turns import TURN, Turns


def test_turns_are_short_until_the_last_thread_has_ended() -> None:
    usual = sys.getswitchinterval()
    turns = Turns()
    first, second = turns.short(), turns.short()
    with first:
        second.__enter__()
        assert sys.getswitchinterval() == pytest.approx(TURN, rel=0.1)
    assert sys.getswitchinterval() == pytest.approx(TURN, rel=0.1)
    second.__exit__(None, None, None)
    assert sys.getswitchinterval() == usual


def test_also_where_the_work_fails() -> None:
    usual = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), Turns().short():
        _ = 1 // 0
    assert sys.getswitchinterval() == usual
