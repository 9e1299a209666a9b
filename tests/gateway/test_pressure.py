import pytest

from gateway.pressure import TICK, Pressure, Shedding


def looked(pressure: Pressure, late: float, times: int) -> Pressure:
    for _ in range(times):
        pressure.look(late)
    return pressure


def turned_away(pressure: Pressure, calls: int = 100) -> int:
    return sum(pressure.turn_away() is not None for _ in range(calls))


def test_one_pause_is_no_load() -> None:
    pressure = looked(Pressure(), 0.0, 5)
    looked(pressure, 3.0, 1)
    looked(pressure, 0.0, 1)
    assert (pressure.share, turned_away(pressure)) == (0.0, 0)


def test_who_stays_late_lets_pass_what_would_have_been_in_time_but_never_nothing() -> None:
    pressure = looked(Pressure(Shedding(lag=0.1)), 0.2, 2)
    first = turned_away(pressure)
    second = turned_away(looked(pressure, 0.2, 1))
    assert 49 <= first <= 51
    assert 74 <= second <= 76
    looked(pressure, 0.2, 100)
    last = turned_away(pressure, 1000)
    assert 949 <= last <= 951
    assert pressure.shed == {"lag": first + second + last, "bytes": 0, "in-flight": 0}


def test_when_it_is_over_all_pass_soon() -> None:
    pressure = looked(Pressure(), 9.0, 50)
    looked(pressure, 0.0, 35)
    assert pressure.share == 0.0
    assert turned_away(pressure) == 0


def test_without_a_lag_nobody_is_turned_away_by_it() -> None:
    pressure = looked(Pressure(Shedding(lag=None)), 9.0, 50)
    assert (turned_away(pressure), pressure.lag) == (0, 9.0)


def test_while_too_much_is_held_in_memory_nobody_is_let_in() -> None:
    pressure = Pressure(Shedding(bytes=1000))
    pressure.weigh(1000)
    assert (pressure.heavy, turned_away(pressure)) == (False, 0)
    pressure.weigh(1001)
    assert turned_away(pressure) == 100
    pressure.weigh(0)
    assert turned_away(pressure) == 0
    assert pressure.shed["bytes"] == 100


def test_they_are_told_to_come_back_at_different_times() -> None:
    pressure = Pressure()
    told = {dict(pressure.too_many().headers)[b"retry-after"] for _ in range(9)}
    assert told == {b"1", b"2", b"3"}
    refusal = pressure.too_many()
    assert (refusal.status, refusal.code) == (503, "shed")


def simulated(pressure: Pressure, rate: float, seconds: float) -> tuple[list[float], float]:
    """An event loop whose calls cost 1 ms, a tenth of that where they are turned away, and that `rate` calls a second
    come to: each turn does what came during the one before, then its timers.

    The seconds that each turn took after a while, and how many calls a second were answered.
    """
    now, next_look, turn, served, arrived = 0.0, TICK, 0.001, 0, 0.0
    told = []
    while now < seconds:
        arrived += rate * turn
        turn = 0.001
        for _ in range(int(arrived)):
            turned = pressure.share > 0.0 and pressure.turn_away() is not None
            served += not turned
            turn += 0.0001 if turned else 0.001
        arrived %= 1.0
        now += turn
        if now >= next_look:
            pressure.look(now - next_look)
            next_look = now + TICK
        told.append((now, turn))
    return [turn for at, turn in told if at > 10], served / now


@pytest.mark.parametrize("rate", [1100, 2000, 4000])
def test_more_load_than_can_be_borne_is_borne(rate: int) -> None:
    """Without it a turn takes longer and longer: nobody is answered in time."""
    turns, served = simulated(Pressure(), rate, 60)
    assert sorted(turns)[len(turns) // 2] < 0.4
    assert max(turns) < 1.5
    assert served > 0.8 * (1000 - 0.1 * rate), "what turning away leaves of the time is used"


def test_without_it_load_is_not_borne() -> None:
    turns, _ = simulated(Pressure(Shedding(lag=None)), 1100, 60)
    assert turns[-1] > 4


def test_a_load_that_can_be_borne_turns_nobody_away() -> None:
    pressure = Pressure()
    turns, served = simulated(pressure, 900, 60)
    assert pressure.shed["lag"] == 0
    assert max(turns) < 0.05
    assert served > 890
