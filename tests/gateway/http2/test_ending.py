from gateway.http2.ending import WARNING, Ending
from gateway.http2.frames import Error

from .speaking import frame


def made(last: int = 0) -> tuple[Ending, list[bytes]]:
    written: list[bytes] = []
    ending = Ending(written.append)
    ending.last = last
    return ending, written


def goaway(last: int, code: Error) -> bytes:
    return frame(7, last.to_bytes(4, "big") + code.to_bytes(4, "big"))


def test_every_request_is_taken_until_the_end_is_near() -> None:
    ending, written = made(5)
    assert ending.takes(2**31 - 1)
    assert not ending.near
    assert written == []


def test_it_warns_once_and_still_takes_what_is_on_its_way() -> None:
    ending, written = made(5)
    ending.warn(100.0)
    ending.warn(100.5)
    assert written == [goaway(2**31 - 1, Error.NO_ERROR)]
    assert ending.due == 100.0 + WARNING
    assert ending.takes(7)
    assert not ending.near


def test_then_it_takes_no_more_and_says_which_was_the_last() -> None:
    ending, written = made(5)
    ending.warn(100.0)
    ending.last = 7  # it came after the warning
    ending.begin()
    assert written[1:] == [goaway(7, Error.NO_ERROR)]
    assert (ending.takes(7), ending.takes(9), ending.near) == (True, False, True)
    assert ending.due == float("inf")
    ending.warn(102.0)
    assert len(written) == 2


def test_a_client_that_goes_is_answered_what_it_asked_before() -> None:
    ending, written = made(5)
    ending.told()
    ending.last = 5
    ending.told()
    assert (ending.takes(5), ending.takes(7), ending.near) == (True, False, True)
    assert written == []


def test_what_breaks_off_says_why() -> None:
    ending, written = made(3)
    ending.break_off(Error.ENHANCE_YOUR_CALM)
    assert written == [goaway(3, Error.ENHANCE_YOUR_CALM)]
