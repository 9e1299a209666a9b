"""For a browser: one page that needs nothing else, light or dark, without a script.

Its policy (CSP) allows its own style, by its hash, and nothing more.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from linters.changelog.releases import Changelog, Group, Release
from linters.diff import Change
from linters.diff.reports.words import others, witness
from linters.reports.excerpts import printable
from linters.reports.wording import spans

from . import words

LONGEST = 120
"""Characters of an example; longer ones tell people nothing that the sentence does not."""


def render(changelog: Changelog) -> str:
    style = _part("changelog.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template().render(
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=f"sha256-{digest}",
        title=printable(words.title(changelog)),
        policy=printable(changelog.policy),
        cut=words.CUT if changelog.cut else "",
        releases=[_release(number, one) for number, one in enumerate(changelog.releases, 1)],
    )


def _release(number: int, release: Release) -> dict[str, Any]:
    return {
        "anchor": f"release-{number}",
        "name": printable(release.name),
        "day": release.day.isoformat() if release.day else "",
        "note": printable(release.note),
        "summary": printable(words.summary(release)),
        "verdict": "problem" if release.problem else release.comparison.verdict if release.comparison else "",
        "groups": [_group(one) for one in release.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": printable(group.name),
        "code": group.changes[0].operation is not None,
        "changes": [
            {
                "verdict": one.verdict,
                "label": words.LABELS[one.verdict],
                "message": spans(printable(one.message)),
                "witness": _example(one),
                "also": others(one),
            }
            for one in group.changes
        ],
    }


def _example(change: Change) -> str:
    shown = printable(witness(change) or "")
    return shown if len(shown) <= LONGEST else ""


@cache
def _part(name: str) -> str:
    return (files("linters.changelog") / "page" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=DictLoader({"changelog.html": _part("changelog.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("changelog.html")
