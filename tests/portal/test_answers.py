"""What every page tells the browser about itself."""

from __future__ import annotations

from portal import answers


def test_nothing_inline_and_nothing_from_elsewhere_may_run() -> None:
    policy = answers.html("<p>").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_a_redirect_after_a_form_is_read_with_get() -> None:
    answer = answers.redirect("/consumers/acme")
    assert (answer.status_code, answer.headers["location"]) == (303, "/consumers/acme")


def test_pages_and_redirects_say_the_same_about_themselves() -> None:
    for answer in (answers.html("<p>", 404), answers.redirect("/")):
        assert {name: answer.headers[name] for name in answers.HEADERS} == dict(answers.HEADERS)
    assert answers.html("<p>", 404).status_code == 404
    assert answers.html("ö").headers["content-type"] == "text/html; charset=utf-8"


def test_a_header_set_on_one_page_is_not_on_the_next() -> None:
    answers.html("").headers["Cache-Control"] = "public"
    assert answers.html("").headers["cache-control"] == "no-store"


def test_an_address_cannot_add_headers() -> None:
    answer = answers.redirect("/a\r\nSet-Cookie: x=1")
    assert answer.headers["location"] == "/a%0D%0ASet-Cookie:%20x=1"
    assert "set-cookie" not in answer.headers
