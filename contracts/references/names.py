"""The names of documents in a set, and what a relative reference makes of them."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urljoin

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def is_uri(name: str) -> bool:
    """Whether a name is an absolute URI; a single letter before the colon is a drive, not a scheme."""
    return _SCHEME.match(name) is not None


def split(reference: str) -> tuple[str, str]:
    """`pets.yaml#/Cat` → (`pets.yaml`, `/Cat`); the fragment is still percent-encoded."""
    name, _, fragment = reference.partition("#")
    return name, fragment


def join(name: str, base: str) -> str:
    """The name that `name`, written in the document `base`, stands for.

    Percent-encoding is undone before the path is normalised, so that `..%2f` is seen for what it is.
    """
    if not name:
        return base
    if is_uri(name):
        return name
    if is_uri(base):
        return absolute(name, base)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(name)))


def absolute(reference: str, base: str) -> str:
    """`reference` against `base` (RFC 3986 §5.2); what is no URI at all, like `http://[`, stays as it is."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def is_inside(name: str, root: str) -> bool:
    """Whether a joined name stays in the set that the document `root` is in.

    A set's names are relative to its folder, so that one that climbs out begins with `..`. A root named by
    an absolute path, or by one that itself begins with `..`, stands for its own folder.
    """
    if is_uri(name) or "\0" in name:
        return False
    if name == root:
        return True
    folder = posixpath.dirname(posixpath.normpath(root)) if root else ""
    if folder.startswith(("/", "..")):
        return name.startswith(folder.rstrip("/") + "/")
    return not name.startswith(("/", "../")) and name != ".."
