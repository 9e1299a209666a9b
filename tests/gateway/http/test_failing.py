import pytest

from gateway.http.failing import refusal_for
from gateway.upstreams.receiving import BROKEN, BUSY, CONNECT_TIMEOUT, TIMEOUT, UNANSWERED, Failure


@pytest.mark.parametrize(
    ("failure", "status", "code", "after"),
    [
        (BUSY, 503, "overloaded", b"1"),
        (Failure("open", "x", 7), 503, "upstream-open", b"7"),
        (TIMEOUT, 504, "upstream-timeout", None),
        (CONNECT_TIMEOUT, 504, "upstream-timeout", None),
        (UNANSWERED, 502, "upstream-failed", None),
        (BROKEN, 502, "upstream-failed", None),
        (Failure("malformed", "x"), 502, "upstream-failed", None),
        (Failure("connect", "x"), 502, "upstream-failed", None),
    ],
)
def test_what_callers_are_told(failure: Failure, status: int, code: str, after: bytes | None) -> None:
    refusal = refusal_for(failure)
    assert (refusal.status, refusal.code, dict(refusal.headers).get(b"retry-after")) == (status, code, after)
