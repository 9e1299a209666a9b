import ipaddress

from gateway.callers.outcomes import Proved
from gateway.callers.trust import Certificates
from gateway.http.credentials import certificate_lines, stripped
from gateway.verdicts import Decision, Header, Request

KEY = b"lk_k1a2b3c4_" + b"s" * 43


def forwarded(
    where: str, value: bytes, *, forward: bool, target: bytes = b"/a", headers: list[Header] | None = None
) -> tuple[bytes, list[Header]]:
    decision = Decision(target=target, proofs=(Proved("it", carried=(where, "X-Key")), Proved("cert")))
    return stripped(Request("GET", b"/a", headers=headers), decision, forward=forward)


def test_the_gateway_s_own_keys_never_go_on() -> None:
    other: Header = (b"accept", b"*/*")
    assert forwarded("header", KEY, forward=True, headers=[(b"x-key", KEY), other]) == (b"/a", [other])
    assert forwarded("query", KEY, forward=True, target=b"/a?b=1&X-Key=" + KEY + b"&c")[0] == b"/a?b=1&c"
    assert forwarded("query", KEY, forward=True, target=b"/a?X%2DKey=%6ck_")[0] == b"/a"
    cookies = [(b"cookie", b"a=1; X-Key=" + KEY), other]
    assert forwarded("cookie", KEY, forward=True, headers=cookies)[1] == [(b"cookie", b"a=1"), other]


def test_credentials_of_others_go_on_unless_the_operator_says_otherwise() -> None:
    cases = (
        ("header", b"/a", [(b"x-key", b"theirs")], b"/a", []),
        ("query", b"/a?X-Key=theirs", [], b"/a", []),
        ("cookie", b"/a", [(b"cookie", b"X-Key=theirs")], b"/a", []),
    )
    for where, target, headers, left_target, left in cases:
        assert forwarded(where, b"", forward=True, target=target, headers=list(headers)) == (target, headers)
        assert forwarded(where, b"", forward=False, target=target, headers=list(headers)) == (
            left_target,
            left,
        )


def test_only_a_trusted_proxy_s_certificate_goes_on() -> None:
    trusted = Certificates((ipaddress.ip_network("10.0.0.1"),))
    headers: list[Header] = [(b"client-cert", b":eA==:")]
    assert certificate_lines(Request("GET", b"/", headers=headers, peer="10.0.0.1"), trusted) == (
        b"client-cert: :eA==:\r\n"
    )
    assert certificate_lines(Request("GET", b"/", headers=headers, peer="10.0.0.2"), trusted) == b""
    assert certificate_lines(Request("GET", b"/", peer="10.0.0.1"), trusted) == b""
