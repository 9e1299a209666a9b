"""Forms that only our own pages can send."""

from __future__ import annotations

import asyncio

import pytest
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from portal import forms


def request(**headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "method": "POST", "path": "/", "query_string": b"", "scheme": "http",
        "server": ("desk.example", 80), "headers": [(b"host", b"desk.example"), *pairs],
    }  # fmt: skip
    return Request(scope)


def test_the_token_is_bound_to_its_session() -> None:
    mine = forms.token("session-a")
    assert forms.is_ours(request(origin="http://desk.example"), "session-a", mine)
    assert not forms.is_ours(request(origin="http://desk.example"), "session-b", mine)
    assert not forms.is_ours(request(origin="http://desk.example"), "session-a", "")
    assert "session-a" not in mine


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "http://desk.example"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"origin": "http://desk.example"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"referer": "http://desk.example/consumers"}, True),
        ({}, False),
    ],
)
def test_where_a_form_comes_from(headers: dict[str, str], ours: bool) -> None:
    assert forms.is_ours(request(**headers), None, "") is ours


def test_fields_are_read_without_the_spaces_around_them() -> None:
    form = forms.Form({"name": "  acme "})
    assert (form["name"], form["missing"]) == ("acme", "")


@pytest.mark.parametrize(
    "origin", ["http://[", "desk.example", "http://desk.example.evil.example", "http://desk.example:81"]
)
def test_an_origin_that_is_not_exactly_ours_is_refused(origin: str) -> None:
    assert not forms.is_ours(request(origin=origin), None, "")


def test_a_token_that_is_not_ascii_is_refused() -> None:
    assert not forms.is_ours(request(origin="http://desk.example"), "session-a", "ключ")


def sent(body: bytes, **headers: str) -> Request:
    """A form on its way, in two pieces."""
    pieces = [body[: len(body) // 2], body[len(body) // 2 :]]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

    made = request(**{"content_length": str(len(body)), **headers})
    return Request(made.scope, receive)


def multipart(*parts: tuple[str, str | None, bytes]) -> bytes:
    lines = b""
    for name, file, content in parts:
        named = f'; filename="{file}"' if file is not None else ""
        lines += f'--b\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        lines += content + b"\r\n"
    return lines + b"--b--\r\n"


PLAIN = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"


def test_a_plain_form_is_read() -> None:
    form = asyncio.run(forms.read(sent(b"name=a%26b&on=&name=last", content_type=PLAIN), 100))
    assert form.fields == {"name": "last", "on": ""}
    assert form.checked("on")
    assert not form.checked("off")
    assert form.uploads == ()


def test_files_are_read_and_a_field_without_a_file_is_none() -> None:
    body = multipart(("title", None, b"T"), ("file", "a.yaml", b"x: 1"), ("file", "", b""))
    form = asyncio.run(forms.read(sent(body, content_type=MULTIPART), 1000))
    assert form.fields == {"title": "T"}
    assert form.uploads == (forms.Upload("a.yaml", b"x: 1"),)


@pytest.mark.parametrize("length", ["101", "9" * 30, "", "-1", "1e2", "ten"])
def test_what_is_too_long_or_does_not_say_how_long_it_is_is_not_read(length: str) -> None:
    async def receive() -> dict[str, object]:
        raise AssertionError("the body was read")

    asked = Request(request(content_type=PLAIN, content_length=length).scope, receive)
    with pytest.raises(forms.FormTooLarge) as caught:
        asyncio.run(forms.read(asked, 100))
    assert caught.value.limit == 100


@pytest.mark.parametrize(
    "body",
    [
        multipart(*((f"f{number}", None, b"") for number in range(forms.MOST_FIELDS + 1))),
        multipart(*(("file", f"{number}", b"") for number in range(forms.MOST_FILES + 1))),
        multipart(("name", None, b"x" * (forms.LONGEST_FIELD + 1))),
        b"no boundary at all",
    ],
    ids=["fields", "files", "long", "broken"],
)
def test_more_than_any_page_asks_for_is_refused(body: bytes) -> None:
    with pytest.raises(MultiPartException):
        asyncio.run(forms.read(sent(body, content_type=MULTIPART), len(body)))
