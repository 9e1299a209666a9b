import ipaddress

import pytest

from gateway.http.forwarding import Origin, Proxies, bracketed

NETWORKS = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("2001:db8::/32"))
X = Proxies(NETWORKS)
FORWARDED = Proxies(NETWORKS, "forwarded")


def test_what_a_stranger_says_is_overwritten() -> None:
    origin = Origin("192.0.2.7", "https", "1.1", X)
    fields = {b"x-forwarded-for": b"127.0.0.1", b"x-forwarded-proto": b"http", b"x-forwarded-host": b"admin"}
    assert origin.seen(fields) == ("192.0.2.7", "https")
    assert origin.lines(b"api.example", fields) == (
        b"via: 1.1 lading\r\nx-forwarded-for: 192.0.2.7\r\nx-forwarded-proto: https\r\n"
        b"x-forwarded-host: api.example\r\n"
    )


@pytest.mark.parametrize(
    ("way", "client"),
    [
        (b"", "10.0.0.1"),
        (b"192.0.2.7", "192.0.2.7"),
        (b"192.0.2.7:5123", "192.0.2.7"),
        (b"[2001:db9::7]:5123", "2001:db9::7"),
        (b"2001:db9::7", "2001:db9::7"),
        (b"6.6.6.6, 192.0.2.7", "192.0.2.7"),  # the first one is what the client said itself
        (b"192.0.2.7, 10.1.1.1, 10.2.2.2", "192.0.2.7"),
        (b"10.1.1.1", "10.1.1.1"),
        (b"192.0.2.7, nonsense", "10.0.0.1"),
        (b"nonsense, 10.1.1.1", "10.1.1.1"),
        (b"192.0.2.7, " * 1000, "10.0.0.1"),
    ],
)
def test_the_client_is_the_nearest_that_is_no_trusted_proxy(way: bytes, client: str) -> None:
    assert Origin("10.0.0.1", "http", "1.1", X).seen({b"x-forwarded-for": way})[0] == client


@pytest.mark.parametrize(
    ("told", "scheme"), [(b"https", "https"), (b"http, HTTPS", "https"), (b"ftp", "http"), (b"", "http")]
)
def test_the_scheme_is_what_the_nearest_proxy_says(told: bytes, scheme: str) -> None:
    assert Origin("10.0.0.1", "http", "1.1", X).seen({b"x-forwarded-proto": told})[1] == scheme


def test_what_a_trusted_proxy_says_is_carried_on() -> None:
    origin = Origin("10.0.0.1", "http", "2.0", X)
    fields = {
        b"x-forwarded-for": b"192.0.2.7, bad\x7fone",
        b"x-forwarded-proto": b"https",
        b"x-forwarded-host": b"api.example",
        b"forwarded": b"for=6.6.6.6",
    }
    assert origin.lines(b"internal", fields) == (
        b"via: 2.0 lading\r\nx-forwarded-for: 192.0.2.7, unknown, 10.0.0.1\r\nx-forwarded-proto: https\r\n"
        b"x-forwarded-host: api.example\r\n"
    )
    assert b"x-forwarded-host: internal\r\n" in origin.lines(b"internal", {b"x-forwarded-host": b"a b"})


def test_forwarded_is_read_and_written_where_proxies_speak_it() -> None:
    origin = Origin("10.0.0.1", "http", "1.1", FORWARDED)
    fields = {
        b"forwarded": b'for=6.6.6.6;proto=http, FOR="[2001:db9::7]:80";Proto=https;host="api.example"',
        b"x-forwarded-for": b"7.7.7.7",
    }
    assert origin.seen(fields) == ("2001:db9::7", "https")
    lines = origin.lines(b"internal", fields)
    assert b"x-forwarded-for: 6.6.6.6, [2001:db9::7], 10.0.0.1\r\n" in lines
    assert (
        b'forwarded: for=6.6.6.6, for="[2001:db9::7]", for=10.0.0.1;proto=https;host="api.example"\r\n'
        in lines
    )


@pytest.mark.parametrize("text", [b"for=", b"for=_hidden", b"=;", b"for", b'for="192.0.2.7', b"for=unknown"])
def test_a_forwarded_that_says_nothing_is_nothing(text: bytes) -> None:
    assert Origin("10.0.0.1", "http", "1.1", FORWARDED).seen({b"forwarded": text}) == ("10.0.0.1", "http")


def test_ipv6_is_bracketed() -> None:
    assert bracketed("2001:db8::1") == b"[2001:db8::1]"
    assert bracketed("192.0.2.7") == b"192.0.2.7"
    assert b"x-forwarded-for: unknown" in Origin("", "http", "1.1").lines(b"a", {})


def test_upstreams_are_told_the_certificate_where_they_are_to_be() -> None:
    told = Origin("192.0.2.7", "https", "1.1", certificate=b"der", forward=True)
    assert b"client-cert: :ZGVy:\r\n" in told.lines(b"a", {})
    assert b"client-cert" not in Origin("192.0.2.7", "https", "1.1", certificate=b"der").lines(b"a", {})
