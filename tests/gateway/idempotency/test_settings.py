from gateway.idempotency.settings import USUAL, Keeping


def test_closed_where_nothing_is_said() -> None:
    assert (USUAL.unknown, USUAL.when_away) == ("refuse", "refuse")


def test_the_address_may_hold_a_password_and_is_not_shown() -> None:
    assert "planted" not in repr(Keeping(redis="redis://:planted@h/0"))
