"""Descriptions in contracts are CommonMark, written by strangers: rendered without HTML, images or headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

LONGEST = 60_000
"""Characters of a description that are rendered; what comes after is left out, and that is said."""
_ABSOLUTE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


@lru_cache(maxsize=2048)
def prose(text: str) -> Markup:
    """A description as HTML.

    Headings become bold lines, as they must not break the page's own outline. Links that lead to another
    site keep their target; relative ones, which would lead astray here, become text.
    """
    cut = len(text) > LONGEST
    html = _reader().render(text[:LONGEST])
    if cut:
        html += (
            f'<p class="muted">The description is {len(text):,} characters long; the rest is left out.</p>'
        )
    return Markup('<div class="prose">{}</div>').format(Markup(html))  # noqa: S704 the reader escapes all HTML


def sentence(text: str, longest: int = 160) -> str:
    """The first sentence or line, without markup, short enough for a list."""
    plain = re.sub(
        # Underscores within a name belong to it, and `<` before a space or a figure is a comparison.
        r"</?[a-zA-Z!][^>\n]{0,200}>|[`*#]+|(?<!\w)_+|_+(?!\w)|\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)",
        r"\1",
        text[:2000],
    ).strip()
    first = re.split(r"(?<=[.!?])\s|\n\s*\n|\n(?=[-*])", plain, maxsplit=1)[0]
    first = " ".join(first.split())
    return first if len(first) <= longest else first[: longest - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    reader.disable("image")
    reader.add_render_rule("heading_open", lambda *_: '<p class="head">')
    reader.add_render_rule("heading_close", lambda *_: "</p>")
    for cell in ("th", "td"):
        # The reader aligns cells by inline styles, which our policy forbids anyway.
        reader.add_render_rule(f"{cell}_open", lambda *_, cell=cell: f"<{cell}>")
    reader.add_render_rule("link_open", _link_open)
    reader.add_render_rule("link_close", _link_close)
    return reader


def _link_open(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    target = str(tokens[index].attrGet("href") or "")
    if not _ABSOLUTE.match(target):
        return ""
    return f'<a href="{escape(target)}" rel="noopener nofollow">'


def _link_close(_: Any, tokens: Sequence[Token], index: int, *__: Any) -> str:
    depth = 0
    for token in reversed(tokens[:index]):
        if token.type == "link_close":
            depth += 1
        elif token.type == "link_open":
            if depth == 0:
                return "</a>" if _ABSOLUTE.match(str(token.attrGet("href") or "")) else ""
            depth -= 1
    return ""
