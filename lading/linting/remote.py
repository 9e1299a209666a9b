"""Rulesets on the network, from the addresses that the operator allows and from no other."""

from __future__ import annotations

import httpx

from contracts.errors import UnresolvableReference
from contracts.limits import DEFAULT, Limits

from .trust import URLS_OPTION, Trust

SECONDS = 15.0
_MOST_REDIRECTS = 3


def fetch(url: str, trust: Trust, limits: Limits = DEFAULT) -> bytes:
    """The content at an address. Redirects are followed as far as they are allowed too.

    Raises `UnresolvableReference`.
    """
    asked = url
    for _ in range(_MOST_REDIRECTS + 1):
        if not trust.covers_url(asked):
            raise _not_allowed(url, asked)
        try:
            with httpx.stream("GET", asked, timeout=SECONDS, follow_redirects=False) as response:
                if response.is_redirect:
                    asked = str(response.next_request.url) if response.next_request else asked
                    continue
                if not response.is_success:
                    raise _unread(url, f"its server answers {response.status_code}")
                return _body(url, response, limits)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unread(url, str(error) or type(error).__name__) from None
    raise _unread(url, "it leads on and on")


def _body(url: str, response: httpx.Response, limits: Limits) -> bytes:
    content = b""
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > limits.bytes:
            raise _unread(url, f"it has more than {limits.bytes:,} bytes")
    return content


def _not_allowed(url: str, asked: str) -> UnresolvableReference:
    what = f"{url} is an address" if url == asked else f"{url} leads to {asked}"
    return UnresolvableReference(
        "url-not-allowed",
        f"{what} that was not allowed.",
        advice=f"Keep a copy beside the ruleset, or allow it with {URLS_OPTION} {asked}",
    )


def _unread(url: str, why: str) -> UnresolvableReference:
    return UnresolvableReference("url-unreadable", f"{url} cannot be read: {why.rstrip('.')}.")
