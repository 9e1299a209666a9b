"""Addresses of pages, so that no template puts one together by hand."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import URL

from contracts.model import Origin
from contracts.pointers import to_pointer


def link(*parts: str | int, fragment: str = "", **query: object) -> str:
    """`link("contracts", "erp", "orders", version="1.2.0")` → `/contracts/erp/orders?version=1.2.0`.

    Parts are quoted whole; parameters that are None or empty are left out.
    """
    path = "/" + "/".join(quote(str(part), safe="") for part in parts)
    return _with_query(
        path, ((key, str(value)) for key, value in query.items() if value not in (None, "")), fragment
    )


def contract(identity: str, *parts: str, fragment: str = "", **query: object) -> str:
    """A page of a contract: `contract("erp/orders", "versions")` → `/contracts/erp/orders/versions`."""
    domain, _, name = identity.partition("/")
    return link("contracts", domain, name, *parts, fragment=fragment, **query)


def pointer(origin: Origin) -> str:
    """The JSON Pointer of where something is written."""
    return to_pointer(origin.path)


def changed(url: URL, **changes: object) -> str:
    """The page's own address with parameters set, or, where None or empty, dropped. The place in a list is dropped too."""
    pairs = [(key, value) for key, value in _pairs(url) if key not in changes and key != "after"]
    pairs += [(key, str(value)) for key, value in changes.items() if value not in (None, "")]
    return _with_query(url.path, pairs)


def onward(url: URL, after: str) -> str:
    """The next page of the list that is shown."""
    return _with_query(url.path, [*((k, v) for k, v in _pairs(url) if k != "after"), ("after", after)])


def inside(target: str | None) -> str:
    """Where to go after signing in: the wanted page if it is one of ours, else the home page."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    # Readers of addresses drop control characters first, and `/\t/elsewhere` is another site without them.
    return "/" if any(ord(character) < 32 for character in target) else target


def anchor(key: str) -> str:
    """A fragment identifier for an operation or channel, readable where the key is."""
    plain = "".join(character if character.isalnum() else "-" for character in key)
    return "-".join(part for part in plain.split("-") if part)[:120] or "root"


def _pairs(url: URL) -> list[tuple[str, str]]:
    return parse_qsl(url.query)


def _with_query(path: str, pairs: Iterable[tuple[str, str]], fragment: str = "") -> str:
    query = urlencode(list(pairs))
    return path + (f"?{query}" if query else "") + (f"#{quote(fragment)}" if fragment else "")
