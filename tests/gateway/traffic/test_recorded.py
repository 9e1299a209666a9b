import pytest

from gateway.malformed import Malformed
from gateway.traffic.recorded import Known, Recorded, is_preflight, request_of
from gateway.verdicts import Request


@pytest.mark.parametrize(
    ("url", "host", "path", "query"),
    [
        ("https://API.example/a/b?x=1#y", "api.example", b"/a/b", b"x=1"),
        ("http://u:p@api.example:8080", "api.example:8080", b"/", b""),
        ("/a?b=/c?d", "given", b"/a", b"b=/c?d"),
        ("//double/slash", "given", b"//double/slash", b""),
    ],
)
def test_an_address_is_taken_apart(url: str, host: str, path: bytes, query: bytes) -> None:
    found, request = request_of("get", url, [], b"", "given")
    assert (found, request.path, request.query, request.method) == (host, path, query, "GET")


@pytest.mark.parametrize(("method", "url"), [("", "/"), ("GET IT", "/"), ("GET", "a/b"), ("GET", "http://[")])
def test_what_is_no_request_is_refused(method: str, url: str) -> None:
    with pytest.raises(Malformed):
        request_of(method, url, [], b"")


def test_a_preflight_is_told_from_a_call() -> None:
    asks = [(b"access-control-request-method", b"PUT")]
    assert is_preflight(Recorded("1", "", Request("OPTIONS", b"/", headers=asks), None, Known()))
    assert not is_preflight(Recorded("1", "", Request("OPTIONS", b"/"), None, Known()))
