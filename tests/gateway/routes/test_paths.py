import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.malformed import Malformed
from gateway.routes.paths import normalise


@pytest.mark.parametrize(
    ("given_path", "normal"),
    [
        (b"/", "/"),
        (b"/orders/AB1", "/orders/AB1"),
        (b"/orders/", "/orders/"),
        (b"/a//b", "/a//b"),
        (b"/%6Frders/%7e", "/orders/~"),
        (b"/a%2fb", "/a%2Fb"),
        (b"/caf\xc3\xa9", "/caf%C3%A9"),
        (b"/a{b}", "/a%7Bb%7D"),
        (b"/v1.2/a.b", "/v1.2/a.b"),
        (b"/.well-known/x", "/.well-known/x"),
        (b"/...", "/..."),
    ],
)
def test_one_form_for_all_ways_to_write_a_path(given_path: bytes, normal: str) -> None:
    assert normalise(given_path) == normal


@pytest.mark.parametrize(
    ("given_path", "code"),
    [
        (b"orders", "path"),
        (b"", "path"),
        (b"/a/../b", "dot-segments"),
        (b"/a/%2e%2E/b", "dot-segments"),
        (b"/./a", "dot-segments"),
        (b"/orders/..%2f..%2Fadmin", "dot-segments"),
        (b"/a/..;x=1/b", "dot-segments"),
        (b"/a\\b", "path"),
        (b"/a b", "path"),
        (b"/a%00b", "path"),
        (b"/a%0d%0ab", "path"),
        (b"/a%zz", "percent-encoding"),
        (b"/a%2", "percent-encoding"),
    ],
)
def test_what_servers_disagree_about_is_refused(given_path: bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        normalise(given_path)
    assert caught.value.code == code


@given(st.binary(max_size=40))
def test_the_normal_form_is_a_fixed_point(raw: bytes) -> None:
    try:
        normal = normalise(b"/" + raw)
    except Malformed:
        return
    assert normalise(normal.encode("ascii")) == normal
    assert ".." not in normal.split("/")
