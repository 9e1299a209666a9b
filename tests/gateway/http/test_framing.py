import pytest

from gateway.http.framing import Head, check
from gateway.verdicts import Header, Refusal, fields_of

HOST = (b"host", b"gateway:8401")


def checked(*headers: Header, version: str = "1.1", target: bytes = b"/a?b=c") -> Head | Refusal:
    return check(version, target, list(headers), fields_of(list(headers)))


def test_a_head_that_holds_together() -> None:
    assert checked(HOST) == Head(b"/a", b"b=c", b"gateway:8401", False)
    assert checked(HOST, (b"content-length", b"0")) == Head(b"/a", b"b=c", b"gateway:8401", False)
    assert checked(HOST, (b"content-length", b"5")) == Head(b"/a", b"b=c", b"gateway:8401", True)
    assert checked(HOST, (b"transfer-encoding", b"Chunked")) == Head(b"/a", b"b=c", b"gateway:8401", True)
    assert checked(version="1.0") == Head(b"/a", b"b=c", b"", False)
    assert checked(HOST, target=b"http://gateway:8401/x?y") == Head(b"/x", b"y", b"gateway:8401", False)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ((), "no Host"),
        ((HOST, HOST), "two host"),
        (((b"host", b"a b"),), "not an authority"),
        (((b"host", b"user@gateway"),), "not an authority"),
        ((HOST, (b"content-length", b"5"), (b"transfer-encoding", b"chunked")), "both"),
        ((HOST, (b"content-length", b"5"), (b"content-length", b"5")), "two content-length"),
        ((HOST, (b"content-length", b"+5")), "not a number"),
        ((HOST, (b"content-length", b"5, 5")), "not a number"),
        ((HOST, (b"transfer-encoding", b"gzip, chunked")), "only transfer coding"),
        ((HOST, (b"transfer-encoding", b"identity")), "only transfer coding"),
        ((HOST, (b"x-api-key", b"1"), (b"x-api-key", b"2")), "two x-api-key"),
    ],
)
def test_what_must_not_be_guessed_at(headers: tuple[Header, ...], said: str) -> None:
    found = checked(*headers)
    assert isinstance(found, Refusal)
    assert said in found.detail


@pytest.mark.parametrize(
    ("version", "target"),
    [
        ("1.1", b"*"),
        ("1.1", b"gateway:443"),
        ("1.1", b"http://other/x"),
        ("1.1", b"http://user@gateway:8401/"),
        ("1.1", b"/a#b"),
    ],
)
def test_targets_that_are_none(version: str, target: bytes) -> None:
    assert isinstance(checked(HOST, version=version, target=target), Refusal)


def test_a_request_line_has_a_version() -> None:
    found = checked(HOST, version="0.9", target=b"/aHTTP/1.1")
    assert isinstance(found, Refusal)
    assert found.status == 505


def test_transfer_encoding_needs_http_1_1() -> None:
    assert isinstance(checked(HOST, (b"transfer-encoding", b"chunked"), version="1.0"), Refusal)


def test_what_the_connection_field_names_is_not_judged() -> None:
    headers = [
        HOST,
        (b"connection", b"close, X-Hop, Content-Type, upgrade"),
        (b"x-hop", b"1"),
        (b"content-type", b"a/b"),
        (b"upgrade", b"x"),
    ]
    fields = fields_of(headers)
    assert isinstance(check("1.1", b"/", headers, fields), Head)
    assert (
        [name for name, _ in headers] == list(fields) == [b"host", b"connection", b"content-type", b"upgrade"]
    )
