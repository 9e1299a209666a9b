"""What a page is handed: who looks, what was asked and typed, the open transaction, and how to answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from markupsafe import Markup
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import Response

from registry.domain.access import Actor, Scope
from registry.services.registry import Registry
from registry.services.unit import Context

from . import answers, forms, links
from .discovery import rail
from .page import Module, Rail
from .reading.library import Library
from .rendering import render

THEMES = ("light", "dark")
THEME_COOKIE = "lading_theme"


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a page from doing what was asked: what happened and what to do."""

    message: str
    advice: str = ""


@dataclass(slots=True)
class View:
    """One request for one page.

    `context` is the open transaction of the person who asks. `session` is the text of their session cookie,
    None for somebody who is not signed in. After a form was refused, the page is shown again with `problem`
    and with what was typed in `form`.
    """

    request: Request
    registry: Registry
    library: Library
    module: Module
    context: Context
    session: str | None = None
    form: forms.Form = field(default_factory=forms.Form)
    problem: Problem | None = None
    status: int = 200
    title: str = ""
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def person(self) -> Actor | None:
        """Who looks; None for somebody who is not signed in."""
        return None if self.context.actor.kind == "nobody" else self.context.actor

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def url(self) -> URL:
        return self.request.url

    @property
    def address(self) -> str:
        """The page's own path and query."""
        return self.url.path + (f"?{self.url.query}" if self.url.query else "")

    @property
    def theme(self) -> str:
        """`light`, `dark`, or empty for what the system prefers."""
        chosen = self.request.cookies.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def csrf(self) -> Markup:
        """The hidden field that every form carries."""
        value = forms.token(self.session) if self.session else ""
        return Markup('<input type="hidden" name="{}" value="{}">').format(forms.FIELD, value)

    @property
    def rail(self) -> tuple[tuple[Rail, str], ...]:
        if self.person is None:
            return ()
        return tuple((entry, path) for entry, path in rail() if not entry.needs or self.may(entry.needs))

    @property
    def lit(self) -> str:
        return self.module.page.lit

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way here: words with addresses, the page itself last."""
        under = [(entry.word, address) for entry, address in rail() if entry.word == self.module.page.under]
        return [*under, *self.trail, (self.title, "")]

    def part(self, name: str) -> str:
        """A parameter of the path."""
        return _text(str(self.request.path_params[name]))

    def query(self, name: str) -> str:
        """A parameter of the query, empty where it is not given."""
        return _text(self.request.query_params.get(name, "").strip()[:4000])

    def may(self, scope: Scope | str, domain: str = "*") -> bool:
        """Whether to offer something. Whether it is done, the service decides again."""
        return self.context.actor.may(Scope(scope), domain)

    def changed(self, **changes: object) -> str:
        """This page with other parameters."""
        return links.changed(self.url, **changes)

    def changed_to(self, name: str, value: object) -> str:
        """This page with one parameter set, or dropped."""
        return links.changed(self.url, **{name: value})

    def onward(self, after: str) -> str:
        return links.onward(self.url, after)

    def render(self, *, status: int | None = None, **values: Any) -> Response:
        """The page's template with its values."""
        self.title = str(values.pop("title", "")) or self.title or self.module.page.title
        text = render(self.module.template, {"view": self, "now": self.now, **values})
        return answers.html(text, status or self.status)

    def redirect(self, address: str) -> Response:
        return answers.redirect(address)


def _text(asked: str) -> str:
    """What somebody asks for, without NUL, which PostgreSQL refuses even to look for."""
    return asked.replace("\0", "\ufffd")
