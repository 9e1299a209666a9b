import pytest

from gateway.verdicts import Request
from gateway.websockets.handshake import (
    accept,
    asked,
    check_answer,
    check_request,
    give_key,
    passed_on,
    switching,
)

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
GOOD = {b"sec-websocket-key": KEY, b"sec-websocket-version": b"13"}
ANSWER = {
    b"upgrade": b"WebSocket",
    b"connection": b"Upgrade",
    b"sec-websocket-accept": b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
}


def test_the_accept_of_the_specification() -> None:
    assert accept(KEY) == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="  # RFC 6455 section 1.3


@pytest.mark.parametrize(
    ("upgrade", "connection", "wanted"),
    [
        (b"websocket", b"Upgrade", True),
        (b"WebSocket", b"keep-alive, upgrade", True),
        (b"h2c", b"Upgrade", False),
        (b"websocket", b"keep-alive", False),
        (b"websocket", b"", False),
    ],
)
def test_who_asks(upgrade: bytes, connection: bytes, wanted: bool) -> None:
    assert asked({b"upgrade": upgrade, b"connection": connection}) is wanted


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({b"sec-websocket-version": b"12"}, "websocket-version"),
        ({b"sec-websocket-key": b"AAAA"}, "websocket-handshake"),
        ({b"sec-websocket-key": b"\xff"}, "websocket-handshake"),
        ({b"content-length": b"1"}, "websocket-handshake"),
        ({b"content-length": b"0"}, None),
        ({b"transfer-encoding": b"chunked"}, "websocket-handshake"),
    ],
)
def test_the_clients_half(change: dict[bytes, bytes], code: str | None) -> None:
    refusal = check_request(Request("GET", b"/", fields={**GOOD, **change}), "1.1")
    assert (refusal.code if refusal is not None else None) == code


def test_only_get_in_http_1_1() -> None:
    assert check_request(Request("POST", b"/", fields=GOOD), "1.1") is not None
    assert check_request(Request("GET", b"/", fields=GOOD), "1.0") is not None


@pytest.mark.parametrize(
    ("offered", "change", "wrong"),
    [
        ({}, {}, ""),
        ({}, {b"upgrade": b"h2c"}, "not about"),
        ({}, {b"connection": b"close"}, "Connection"),
        ({}, {b"sec-websocket-accept": b"x"}, "Accept"),
        ({}, {b"sec-websocket-protocol": b"chat"}, "subprotocol"),
        ({b"sec-websocket-protocol": b"a, chat"}, {b"sec-websocket-protocol": b"chat"}, ""),
        ({}, {b"sec-websocket-extensions": b"permessage-deflate"}, "extension"),
        (
            {b"sec-websocket-extensions": b"permessage-deflate; client_max_window_bits"},
            {b"sec-websocket-extensions": b"permessage-deflate;server_no_context_takeover"},
            "",
        ),
    ],
)
def test_the_upstreams_half(offered: dict[bytes, bytes], change: dict[bytes, bytes], wrong: str) -> None:
    reason = check_answer({**GOOD, **offered}, {**ANSWER, **change})
    assert (wrong in reason) if wrong else not reason


def test_what_the_client_is_told() -> None:
    told = switching(
        [(b"connection", b"upgrade, x-hop"), (b"x-hop", b"1"), (b"sec-websocket-protocol", b"chat")],
        ((b"deprecation", b"@1"),),
        KEY,
    )
    assert told.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert told.endswith(b"sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
    assert b"x-hop: 1" not in told
    assert b"deprecation: @1" in told


def test_a_request_that_has_no_key_of_its_own_is_given_one() -> None:
    headers = [(b"host", b"a"), (b"sec-websocket-key", b"theirs"), (b"sec-websocket-version", b"13")]
    keys = set()
    for _ in range(2):
        request = Request("GET", b"/", b"", list(headers), fields=dict(headers))
        give_key(request)
        assert [name for name, _ in request.headers] == [
            b"host",
            b"sec-websocket-version",
            b"sec-websocket-key",
        ]
        assert request.headers[-1][1] == request.fields[b"sec-websocket-key"]
        assert check_request(request, "1.1") is None
        keys.add(request.fields[b"sec-websocket-key"])
    assert len(keys) == 2


def test_what_belongs_to_the_upstreams_own_handshake_is_not_passed_on() -> None:
    answered = [
        (b"upgrade", b"websocket"), (b"connection", b"upgrade"), (b"sec-websocket-accept", b"x"), (b"content-length", b"0"),
        (b"sec-websocket-protocol", b"v1"),
    ]  # fmt: skip
    assert list(passed_on(answered, ((b"deprecation", b"@1"),))) == [
        (b"sec-websocket-protocol", b"v1"), (b"deprecation", b"@1"),
    ]  # fmt: skip
