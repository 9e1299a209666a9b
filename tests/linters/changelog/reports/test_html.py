from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

from linters.changelog.reports import html
from tests.linters.changelog.building import orders


def test_one_page_that_needs_nothing_else() -> None:
    page = html.render(replace(orders(), cut=True))
    assert "<title>Changes of Orders</title>" in page
    assert '<h2 id="release-1">2.0.1 <time datetime="2026-01-01">2026-01-01</time></h2>' in page
    assert '<a href="#release-3">2.0.0</a> <span class="dot breaking">breaking</span>' in page
    assert "<h3><code>POST /orders</code></h3>" in page
    assert "The property <code>sku</code> of the request body" in page
    assert "older versions" in page
    assert not re.search(r"<script|<link|<img|src=|url\(", page)


def test_its_policy_allows_its_own_style_alone() -> None:
    page = html.render(orders())
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "prefers-color-scheme: dark" in style


def test_what_a_contract_says_is_text() -> None:
    page = html.render(orders("</title><script>alert(1)</script>\u202e"))
    assert "<script" not in page
    assert "\u202e" not in page
