from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.lifecycle import headers_of
from gateway.pipeline.ending import lifecycle
from gateway.snapshot.contract import Brownout, Consumer, Contract, Lifecycle
from gateway.verdicts import Decision

SUNSET = datetime(2027, 1, 1, tzinfo=UTC)
END = SUNSET.timestamp()
ENDING = Lifecycle("deprecated", None, SUNSET, "erp/orders@2.0.0", "/erp/orders/v2")


def decided(now: float, extended: float | None = None, **facts: Any) -> Decision:
    usual: dict[str, Any] = {"lifecycle": ENDING, "sunset": END, "lifecycle_headers": headers_of(ENDING)}
    contract = Contract("erp/orders", "1.0.0", ("/a",), **{**usual, **facts})
    consumer = Consumer("c", "c", {}, {("erp/orders", 1): extended} if extended is not None else {})
    decision = Decision(contract=contract, consumer=consumer, headers=contract.lifecycle_headers)
    lifecycle(decision, now)
    return decision


def test_until_the_sunset_and_after() -> None:
    assert decided(END - 1).refusal is None
    refused = decided(END).refusal
    assert refused is not None
    assert (refused.status, refused.code) == (410, "gone")
    assert refused.detail == "erp/orders 1.0.0 was served until 2027-01-01. Use /erp/orders/v2."


def test_an_extension_is_one_consumer_s_own_date() -> None:
    later = decided(END + 5, extended=END + 86400)
    assert later.refusal is None
    assert (b"sunset", b"Sat, 02 Jan 2027 00:00:00 GMT") in later.headers
    assert (b"link", b'</erp/orders/v2>; rel="successor-version"') in later.headers
    assert decided(END + 86400, extended=END + 86400).refusal is not None


def test_what_is_retired_is_not_extended() -> None:
    retired = Lifecycle("retired")
    assert decided(1.0, extended=END, lifecycle=retired, sunset=0.0).refusal is not None


TIMETABLE = (Brownout(100.0, 160.0), Brownout(200.0, 260.0, 410))


@pytest.mark.parametrize(
    ("now", "status", "retry"), [(99.9, None, 0), (100.0, 503, 60), (159.5, 503, 1), (160.0, None, 0), (200.0, 410, 60)]
)  # fmt: skip
def test_brownouts_keep_to_their_timetable(now: float, status: int | None, retry: int) -> None:
    refused = decided(now, brownouts=TIMETABLE).refusal
    if status is None:
        assert refused is None
        return
    assert refused is not None
    assert (refused.status, refused.code) == (status, "brownout")
    assert refused.headers == ((b"retry-after", b"%d" % retry),)
    assert "It answers again at 1970-01-01T00:0" in refused.detail


def test_who_has_an_extension_is_spared() -> None:
    assert decided(100.0, extended=END, brownouts=TIMETABLE).refusal is None
