"""A gateway's batch, from the JSON that our contract let through."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from registry.domain.errors import Invalid
from registry.domain.traffic import Batch, CallReport, ShadowReport, UseReport, ViolationReport

from .answers import encode
from .calls import moment

MOST_SAMPLE_BYTES = 16_384


def batch(body: dict[str, Any]) -> Batch:
    """Raises `Invalid` for times out of order, and samples beyond 16 KiB."""
    return Batch(
        body["batch"],
        body["gateway"],
        body["environment"],
        tuple(_call(one) for one in body["calls"]),
        tuple(_violation(one) for one in body["violations"]),
        tuple(_shadow(one) for one in body.get("shadows", ())),
        tuple(_use(one) for one in body.get("uses", ())),
    )


def _call(one: dict[str, Any]) -> CallReport:
    first, last = _times(one)
    return CallReport(
        one["contract"],
        one["version"],
        one["operation"],
        one["consumer"],
        one["outcome"],
        one["count"],
        first,
        last,
        one.get("key"),
    )


def _violation(one: dict[str, Any]) -> ViolationReport:
    first, last = _times(one)
    sample = one.get("sample")
    if sample is not None and len(encode(sample)) > MOST_SAMPLE_BYTES:
        raise Invalid("sample-too-large", "A sample has more than 16 KiB.", "Shorten it in the gateway.")
    return ViolationReport(
        fingerprint=one["fingerprint"],
        contract=one["contract"],
        version=one["version"],
        operation=one["operation"],
        consumer=one["consumer"],
        direction=one["direction"],
        location=one["location"],
        pointer=one["pointer"],
        schema_pointer=one["schema_pointer"],
        code=one["code"],
        message=one["message"],
        count=one["count"],
        first_at=first,
        last_at=last,
        sample=sample,
        trace_id=one.get("trace_id"),
    )


def _shadow(one: dict[str, Any]) -> ShadowReport:
    first, last = _times(one)
    return ShadowReport(
        one["contract"],
        one["method"],
        one["path"],
        one["consumer"],
        one["passed"],
        one["status"],
        one["count"],
        first,
        last,
    )


def _use(one: dict[str, Any]) -> UseReport:
    first, last = _times(one)
    return UseReport(
        one["contract"],
        one["version"],
        one["operation"],
        one["part"],
        one["pointer"],
        one["value"],
        one["declared"],
        first,
        last,
    )


def _times(one: dict[str, Any]) -> tuple[datetime, datetime]:
    first, last = moment(one["first_at"]), moment(one["last_at"])
    assert first is not None
    assert last is not None
    if last < first:
        raise Invalid("times-out-of-order", "`last_at` lies before `first_at`.", "Exchange them.")
    return first.astimezone(UTC), last.astimezone(UTC)
