"""Rulesets that people know by another name: npm packages, their addresses, names of older versions of Spectral."""

from __future__ import annotations

import re
from collections.abc import Mapping

_OLDER = {"spectral:oas2": "spectral:oas", "spectral:oas3": "spectral:oas"}
_PACKAGES: Mapping[str, tuple[str, str]] = {
    "@stoplight/spectral-owasp-ruleset": ("2", "owasp:api-security"),
}
"""Packages with the same rules as a ruleset of ours, and the major version that has them."""

_MIRROR = re.compile(
    r"https?://(?:unpkg\.com|esm\.sh|cdn\.skypack\.dev|cdn\.jsdelivr\.net/npm)/(?P<package>.+)"
)
_PACKAGE = re.compile(r"(?P<name>@[^/@]+/[^/@]+|[^/@]+)(?:@[\^~]?(?P<major>\d+)[^/]*|@latest)?(?:/.*)?")


def equivalent(reference: str) -> str | None:
    """The name of our ruleset that has the same rules as what is meant; None where there is none."""
    if reference in _OLDER:
        return _OLDER[reference]
    mirror = _MIRROR.fullmatch(reference)
    package = _PACKAGE.fullmatch(mirror["package"] if mirror else reference)
    if package is None or package["name"] not in _PACKAGES:
        return None
    major, name = _PACKAGES[package["name"]]
    return name if package["major"] in (None, major) else None
