"""Cases of the W3C's own test suite for trace context, and of its text."""

from __future__ import annotations

import pytest

from gateway.tracing.context import Context, parse, trace_id_of

TRACE, PARENT = b"12345678901234567890123456789012", b"1234567890123456"
GOOD = b"00-%s-%s-01" % (TRACE, PARENT)


def test_what_is_well_formed_is_read() -> None:
    assert parse({b"traceparent": GOOD, b"tracestate": b"foo=1,bar=2"}) == Context(
        TRACE, PARENT, True, b"foo=1,bar=2"
    )
    plain = parse({b"traceparent": GOOD[:-2] + b"00"})
    assert plain is not None
    assert not plain.sampled
    assert parse({b"traceparent": GOOD[:-2] + b"ff"}) == Context(TRACE, PARENT, True)
    assert trace_id_of({b"traceparent": GOOD}) == TRACE.decode()


@pytest.mark.parametrize("more", [b"", b"-", b"-what-the-future-will-be-like"])
def test_later_versions_may_say_more(more: bytes) -> None:
    assert parse({b"traceparent": b"cc" + GOOD[2:] + more}) is not None
    assert (parse({b"traceparent": GOOD + more}) is None) is bool(more)


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"ff" + GOOD[2:],
        b"cc" + GOOD[2:] + b".what",
        GOOD.upper().replace(b"1", b"A"),
        b"00-%s-%s-01" % (b"0" * 32, PARENT),
        b"00-%s-%s-01" % (TRACE, b"0" * 16),
        b"00-%s-%s-01" % (TRACE[:-1], PARENT),
        b"00-%s-%s-01" % (TRACE, PARENT + b"1"),
        b"00-%s-%s-1" % (TRACE, PARENT),
        b"0-" + GOOD[3:],
        b"00-.%s-%s-01" % (TRACE[1:], PARENT),
        GOOD + b", " + GOOD,
        b"." + GOOD[1:],
    ],
)
def test_what_is_malformed_begins_a_new_trace(value: bytes) -> None:
    assert parse({b"traceparent": value, b"tracestate": b"foo=1"}) is None
    assert trace_id_of({b"traceparent": value}) is None


def test_a_state_without_a_parent_is_nothing() -> None:
    assert parse({b"tracestate": b"foo=1"}) is None
    assert trace_id_of({}) is None


@pytest.mark.parametrize(
    ("state", "passed"),
    [
        (b"foo=1 \t , \t bar=2", b"foo=1,bar=2"),
        (b"foo=1,", b"foo=1"),
        (b"foo=1,,bar=2", b"foo=1,bar=2"),
        (b"0tenant@system=x", b"0tenant@system=x"),
        (b"foo= 1", b"foo= 1"),
        (b",".join(b"k%02d=1" % number for number in range(32)), None),
        (b"z" * 256 + b"=1", None),
        (b"foo=" + b"0" * 256, None),
        (b"foo", b""),
        (b"foo =1", b""),
        (b"FOO=1", b""),
        (b"foo=1=2", b""),
        (b"foo@=1,bar=2", b""),
        (b"foo@bar@baz=1", b""),
        (b"foo=1,foo=2", b""),
        (b"z" * 257 + b"=1", b""),
        (b"foo=" + b"0" * 257, b""),
        (b"foo=\xe4", b""),
        (b",".join(b"k%02d=1" % number for number in range(33)), b""),
    ],
)
def test_a_state_is_passed_on_whole_or_not_at_all(state: bytes, passed: bytes | None) -> None:
    found = parse({b"traceparent": GOOD, b"tracestate": state})
    assert found is not None
    assert found.state == (state if passed is None else passed)
