from contracts.model import Server
from gateway.snapshot.servers import authorities, base_paths


def test_base_paths() -> None:
    servers = [
        Server("https://a.example/v1/"),
        Server("https://b.example/v1"),
        Server("/v2"),
        Server("//c.example"),
    ]
    assert base_paths(servers) == ("/v1", "/v2", "")
    assert base_paths([]) == ("",)


def test_variables_stand_for_their_values_or_for_a_segment() -> None:
    known = {"version": {"enum": ["v1", "v2"], "default": "v1"}}
    assert base_paths([Server("https://a.example/{version}/api", known)]) == ("/v1/api", "/v2/api")
    assert base_paths([Server("https://a.example/{tenant}")]) == ("/{tenant}",)


def test_a_default_with_slashes_is_more_than_a_segment() -> None:
    known = {"server": {"default": "/api/v1"}, "scheme": {"default": "https"}, "path": {"default": "a/b"}}
    assert base_paths([Server("{server}", known)]) == ("/api/v1",)
    assert base_paths([Server("{scheme}://{d0}.{d1}.com:{port}/api/{path}", known)]) == ("/api/a/b",)
    assert authorities([Server("{server}", known)]) == ()
    (pattern,) = authorities([Server("{scheme}://{d0}.{d1}.com/x", known)])
    assert pattern.match("https://a.b.com")
    assert pattern.match("http://a.b.com")
    assert not pattern.match("ftp://a.b.com")


def test_variables_with_many_values_do_not_explode() -> None:
    known = {name: {"enum": [str(number) for number in range(100)]} for name in "abc"}
    assert len(base_paths([Server("/{a}/{b}/{c}", known)])) <= 50


def test_authorities() -> None:
    (pattern,) = authorities([Server("https://{tenant}.api.example/v1")])
    assert pattern.match("https://acme.api.example")
    assert not pattern.match("https://acme.api.example.evil")
    assert not pattern.match("http://acme.api.example")
    assert authorities([Server("https://a.example"), Server("/v1")]) == ()
