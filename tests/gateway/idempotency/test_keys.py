from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.idempotency.keys import fingerprint, parse_key, place_of
from gateway.malformed import Malformed
from gateway.snapshot.contract import Consumer
from gateway.verdicts import Decision, Request
from tests.gateway.world import orders

(CONTRACT,) = orders().contracts


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (b'"8e03978e-40d5-43e8-bc93-6894a57f9324"', b"8e03978e-40d5-43e8-bc93-6894a57f9324"),
        (b"8e03978e-40d5-43e8-bc93-6894a57f9324", b"8e03978e-40d5-43e8-bc93-6894a57f9324"),
        (b'"a \\"b\\" \\\\c"', b'a "b" \\c'),
        (b"x" * 255, b"x" * 255),
    ],
)
def test_keys_with_and_without_quotes(value: bytes, key: bytes) -> None:
    assert parse_key(value) == key


@pytest.mark.parametrize(
    "value",
    [b"", b'""', b"x" * 256, b"a b", b"a, b", b'"a", "b"', b'"a', b'a"', b'"\\a"', b'"a"; p=1', b"a\tb", "ü".encode()],
)  # fmt: skip
def test_what_is_no_key(value: bytes) -> None:
    with pytest.raises(Malformed):
        parse_key(value)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=100))
def test_any_string_can_be_a_key(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert parse_key(quoted.encode()) == text.encode()


def request(**changes: object) -> Request:
    given = {
        "method": "POST",
        "path": b"/orders",
        "headers": [],
        "body": b"{}",
        "peer": "192.0.2.1",
        **changes,
    }
    return Request(**given)  # type: ignore[arg-type]


def place(decision: Decision, held: Request, key: bytes = b"k") -> str:
    return place_of(CONTRACT, decision, held, key)


def test_a_key_is_its_callers() -> None:
    one, two = (Decision(consumer=Consumer(name, name, {})) for name in ("a", "b"))
    assert place(one, request()) == place(one, request(peer="192.0.2.9"))
    assert place(one, request()) != place(two, request())
    assert place(one, request()) != place(one, request(), b"l")
    assert place(one, request()) != place_of(replace(CONTRACT, version="2.0.0"), one, request(), b"k")


def test_unknown_callers_are_told_apart_by_what_they_show() -> None:
    def by(*headers: tuple[bytes, bytes], peer: str = "192.0.2.1") -> str:
        return place(Decision(), request(headers=list(headers), peer=peer))

    shown = by((b"authorization", b"Bearer a"))
    assert shown == by((b"authorization", b"Bearer a"), peer="192.0.2.9")
    assert shown != by((b"authorization", b"Bearer b"))
    assert shown != by((b"cookie", b"Bearer a"))
    assert by() != by(peer="192.0.2.9")


def test_header_fields_of_the_contracts_keys_count_as_shown() -> None:
    text = (
        "openapi: 3.0.3\ninfo: {title: t, version: 1.0.0}\npaths: {}\n"
        "components: {securitySchemes: {k: {type: apiKey, in: header, name: X-Partner}}}"
    )
    (contract,) = orders(text=text).contracts
    one, two = (request(headers=[(b"x-partner", value)]) for value in (b"a", b"b"))
    assert place_of(contract, Decision(), one, b"k") != place_of(contract, Decision(), two, b"k")


def test_what_a_key_stands_for() -> None:
    decision = Decision(target=b"/orders?x=1")
    same = fingerprint(decision, request())
    assert same == fingerprint(decision, request(headers=[(b"user-agent", b"other")]))
    for changes in ({"method": "PUT"}, {"body": b"{ }"}, {"headers": [(b"content-type", b"text/plain")]}):
        assert fingerprint(decision, request(**changes)) != same
    assert fingerprint(Decision(target=b"/orders?x=2"), request()) != same


def test_parts_do_not_run_into_each_other() -> None:
    one = fingerprint(Decision(target=b"/a"), request(headers=[(b"content-type", b"b")], body=b""))
    two = fingerprint(Decision(target=b"/ab"), request(headers=[(b"content-type", b"")], body=b""))
    assert one != two
