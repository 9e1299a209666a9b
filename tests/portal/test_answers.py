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
