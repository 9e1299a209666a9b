from gateway.pressure import Pressure, Shedding


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


def test_who_stays_late_turns_more_and_more_away_but_never_all() -> None:
    pressure = looked(Pressure(Shedding(lag=0.1)), 0.2, 4)
    first = turned_away(pressure)
    second = turned_away(looked(pressure, 0.2, 3))
    assert 9 <= first <= 11
    assert 39 <= second <= 41
    looked(pressure, 0.2, 100)
    last = turned_away(pressure, 1000)
    assert 949 <= last <= 951
    assert pressure.shed == {"lag": first + second + last, "in-flight": 0}


def test_when_it_is_over_all_pass_soon() -> None:
    pressure = looked(Pressure(), 9.0, 50)
    looked(pressure, 0.0, 7)
    assert pressure.share == 0.0
    assert turned_away(pressure) == 0


def test_without_a_lag_nobody_is_turned_away_by_it() -> None:
    pressure = looked(Pressure(Shedding(lag=None)), 9.0, 50)
    assert (turned_away(pressure), pressure.lag) == (0, 9.0)


def test_they_are_told_to_come_back_at_different_times() -> None:
    pressure = Pressure()
    told = {dict(pressure.too_many().headers)[b"retry-after"] for _ in range(9)}
    assert told == {b"1", b"2", b"3"}
    refusal = pressure.too_many()
    assert (refusal.status, refusal.code) == (503, "shed")
