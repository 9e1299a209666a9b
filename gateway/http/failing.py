"""What callers are told where an upstream gave no whole response."""

from __future__ import annotations

from gateway.upstreams.receiving import Failure
from gateway.verdicts import Refusal


def refusal_for(failure: Failure) -> Refusal:
    """503 where the upstream was not asked, 504 where it took too long, 502 for the rest."""
    after = ((b"retry-after", b"%d" % failure.retry_after),) if failure.retry_after else ()
    if failure.kind == "busy":
        return Refusal(503, "overloaded", "The upstream has too much to do", headers=after)
    if failure.kind == "open":
        return Refusal(
            503, "upstream-open", "The upstream is left alone for a while", failure.reason, headers=after
        )
    if failure.kind in ("timeout", "connect-timeout"):
        detail = failure.reason if failure.kind == "connect-timeout" else ""
        return Refusal(504, "upstream-timeout", "The upstream did not answer in time", detail)
    return Refusal(502, "upstream-failed", "The upstream gave no usable answer", failure.reason)
