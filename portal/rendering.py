"""The templates and what they may use."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from . import links, times
from .assets import address
from .icons import icon
from .prose import prose, sentence


@cache
def environment() -> Environment:
    """The template environment, made once. An undefined name is an error, never an empty place."""
    made = Environment(
        loader=PackageLoader("portal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=400,
    )
    made.globals |= {
        "asset": address,
        "icon": icon,
        "link": links.link,
        "to_contract": links.contract,
        "anchor": links.anchor,
        "when": _when,
        "day": _day,
        "days_until": _days_until,
    }
    made.filters |= {
        "prose": prose,
        "sentence": sentence,
        "counted": counted,
        "figure": figure,
        "pairs": lambda values: [(value, value) for value in values],
        "pretty": pretty,
        "said": said,
        "short_digest": short_digest,
    }
    return made


def render(template: str, values: dict[str, Any]) -> str:
    """A template with its values. Lists and trees of people's documents are bounded before they come here."""
    return environment().get_template(template).render(values)


def counted(count: int, word: str, several: str | None = None) -> str:
    """`1 version`, `1,204 versions`."""
    return f"{count:,} {word if count == 1 else several or word + 's'}"


def figure(count: int) -> str:
    """A number with its thousands set apart."""
    return f"{count:,}"


def said(text: str) -> Markup:
    """A message of ours, in which `backticks` stand around names."""
    parts = str(text).split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def pretty(value: Any, longest: int = 20_000) -> str:
    """A value as indented JSON, cut where it grows beyond reading."""
    text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
    return text if len(text) <= longest else text[:longest] + "\n…"


def short_digest(digest: str) -> str:
    """`sha256:9f86d081…` without the rest."""
    name, _, hexadecimal = digest.partition(":")
    return f"{name}:{hexadecimal[:10]}"


@pass_context
def _when(context: Context, moment: Any) -> Markup:
    return times.element(moment, context["now"])


@pass_context
def _day(context: Context, moment: Any) -> Markup:
    return times.element(moment, context["now"], day=True)


@pass_context
def _days_until(context: Context, moment: Any) -> int:
    return times.days(moment, context["now"])
