"""Descriptions written by strangers."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from portal.prose import LONGEST, prose, sentence


class Tags(HTMLParser):
    """The elements of a text as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "![x](https://tracker.example/pixel.png)",
        '<a href="https://x" onclick="alert(1)">x</a>',
        '[x](https://x.example/"onmouseover="alert(1))',
        "<https://x.example/'onmouseover='alert(1)>",
    ],
)
def test_nothing_of_a_stranger_runs_or_loads(hostile: str) -> None:
    seen = Tags()
    seen.feed(str(prose(hostile)))
    assert {name for name, _ in seen.found} <= {"div", "p", "a", "code"}
    for _, attributes in seen.found:
        assert set(attributes) <= {"class", "href", "rel"}
        assert attributes.get("href", "https://").startswith("https://")


def test_headings_become_bold_lines_and_tables_carry_no_styles() -> None:
    html = str(prose("# Head\n\n| a |\n|:-:|\n| 1 |\n"))
    assert '<p class="head">Head</p>' in html
    assert "<h1" not in html
    assert "style=" not in html


def test_links_to_elsewhere_stay_and_relative_ones_become_text() -> None:
    html = str(
        prose("[out](https://example.org/) and [in](other.md) and [both **bold**](https://example.org/b)")
    )
    assert '<a href="https://example.org/" rel="noopener nofollow">out</a>' in html
    assert "and in and" in html
    assert html.count("<a ") == html.count("</a>") == 2


def test_very_long_text_is_cut_and_that_is_said() -> None:
    html = str(prose("word " * LONGEST))
    assert len(html) < LONGEST + 500
    assert "the rest is left out" in html


def test_a_sentence_for_a_list() -> None:
    assert sentence("Lists `orders`. Newest first.") == "Lists orders."
    assert sentence("<p>See [the guide](https://x.example/).</p> More") == "See the guide."
    assert sentence("x" * 500, 20) == "x" * 19 + "…"
    assert sentence("") == ""


@pytest.mark.parametrize(
    "hostile",
    [
        "[x]\n\n[x]: javascript:alert(1)",
        "[x](&#106;avascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "<javascript:alert(1)>",
        "[<img src=x onerror=alert(1)>](x)",
        "`<script>`",
        "```html\n<script>\n```",
        '```"><script>\nx\n```',
        "| <script> |\n|-|\n| <img src=x> |",
        "# <script>",
        "&lt;script&gt;",
        '[x](https://x.example/ ""><script>")',
    ],
)
def test_whatever_it_is_written_as_it_stays_text(hostile: str) -> None:
    seen = Tags()
    seen.feed(str(prose(hostile)))
    for name, attributes in seen.found:
        assert name not in ("script", "img", "iframe")
        assert set(attributes) <= {"class", "href", "rel"}
        assert attributes.get("href", "https:").startswith("https:")
    assert "title=" not in str(prose(hostile))


def test_mail_addresses_are_links() -> None:
    assert 'href="mailto:desk@example.org"' in str(prose("[write](mailto:desk@example.org)"))


def test_nothing_is_an_empty_description() -> None:
    assert str(prose("")) == '<div class="prose"></div>'


def test_a_sentence_keeps_names_and_comparisons() -> None:
    assert sentence("The order_id of _this_ **order**.") == "The order_id of this order."
    assert sentence("Weight < 30 kg, volume > 2 m3") == "Weight < 30 kg, volume > 2 m3"
    assert sentence("<b>Ships</b> today. Not tomorrow.") == "Ships today."


@pytest.mark.parametrize(
    "hostile", ["<" * 60_000, "[" * 60_000, "[x](" * 15_000, "_" * 60_000, "a. " * 20_000]
)
def test_a_sentence_of_rubbish_is_short(hostile: str) -> None:
    assert len(sentence(hostile)) <= 160
