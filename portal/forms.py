"""Forms that only our own pages can send, and what was typed into them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

FIELD = "csrf"
MOST_FIELDS = 60
MOST_FILES = 200
LONGEST_FIELD = 256 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent. `wrong` maps a field's name to what is wrong with it, once that is known."""

    fields: Mapping[str, str] = field(default_factory=dict)
    uploads: tuple[Upload, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def checked(self, name: str) -> bool:
        return name in self.fields


class FormTooLarge(Exception):
    """More was sent than the page takes; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit:,} bytes")
        self.limit = limit


def token(session: str) -> str:
    """What a form must carry in the session whose cookie this is.

    The cookie is long and random and no page can read it, so a hash of it, set apart by a prefix, is known
    to nobody but the pages that we made for this session.
    """
    return hashlib.sha256(b"lading form\0" + session.encode()).hexdigest()


def is_ours(request: Request, session: str | None, sent: str) -> bool:
    """Whether a form came from one of our pages: by its origin, and in a session by its token too."""
    if not _same_origin(request):
        return False
    return session is None or hmac.compare_digest(token(session).encode(), sent.encode())


async def read(request: Request, limit: int) -> Form:
    """Reads a form of at most `limit` bytes. Raises `FormTooLarge`."""
    declared = request.headers.get("content-length", "")
    if not declared.isdecimal() or int(declared) > limit:
        # Browsers always say how much they send; without a number nothing bounds what is spooled to disk.
        raise FormTooLarge(limit)
    async with request.form(
        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LONGEST_FIELD
    ) as data:
        return await _form(data)


async def _form(data: FormData) -> Form:
    fields: dict[str, str] = {}
    uploads: list[Upload] = []
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                uploads.append(Upload(value.filename, await value.read()))
        else:
            fields[name] = value
    return Form(fields, tuple(uploads))


def _same_origin(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin") or request.headers.get("referer")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc == request.url.netloc
    except ValueError:  # no address at all, `http://[` for one
        return False
