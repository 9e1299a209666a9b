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
