"""What a page module declares: where it is, what it is called, and where it stands in the rail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from .view import View

Handler = Callable[["View"], Response]


@dataclass(frozen=True, slots=True)
class Rail:
    """An entry of the rail. Entries are ordered by `order`; a hundred apart starts a new group.

    `needs` is the scope without which the page refuses; the entry is left out for those who lack it.
    """

    word: str
    order: int
    icon: str
    needs: str = ""

    @property
    def group(self) -> int:
        return self.order // 100


@dataclass(frozen=True, slots=True)
class Page:
    """`path` may hold `{parameters}`. `under` names the rail entry that is lit while this page is shown.

    An `open` page is shown to people who are not signed in; any other sends them to the sign-in page first.
    `upload` lets its form be as large as a document may be. A page that is not `transacted` is handed a
    transaction for reading only, even for its form: the services that it calls open their own.
    """

    path: str
    title: str
    rail: Rail | None = None
    under: str = ""
    open: bool = False
    upload: bool = False
    transacted: bool = True

    @property
    def lit(self) -> str:
        """The word of the rail entry that is lit."""
        return self.rail.word if self.rail else self.under


@dataclass(frozen=True, slots=True)
class Module:
    """A page as it was found: its declaration, what answers GET and POST, and its template."""

    name: str
    page: Page
    get: Handler | None
    post: Handler | None

    @property
    def template(self) -> str:
        return f"{self.name}.html"
