import pytest

from gateway.upstreams.receiving import BROKEN, BUSY, CONNECT_TIMEOUT, TIMEOUT, UNANSWERED, Failure


@pytest.mark.parametrize(
    ("failure", "sent", "ours"),
    [
        (BUSY, False, True),
        (Failure("open", "x", 3), False, True),
        (CONNECT_TIMEOUT, False, False),
        (Failure("tls", "x"), False, False),
        (UNANSWERED, True, False),
        (BROKEN, True, False),
        (TIMEOUT, True, False),
        (Failure("malformed", "x"), True, False),
    ],
)
def test_what_a_failure_says_about_the_request(failure: Failure, sent: bool, ours: bool) -> None:
    assert (failure.sent, failure.ours) == (sent, ours)
