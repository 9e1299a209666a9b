"""Names that appear in addresses: how they must look, and how one is made from free text."""

from __future__ import annotations

import re

from .errors import Invalid

LONGEST = 100
_SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_SEPARATOR = re.compile(r"[^a-z0-9.]+")


def check(name: str, what: str) -> str:
    """The name itself, if it may stand in an address; raises `Invalid` with a suggestion otherwise."""
    if len(name) > LONGEST or not _SLUG.fullmatch(name):
        suggestion = slug(name)
        raise Invalid(
            "invalid-name",
            f"{name[:LONGEST]!r} cannot be the name of a {what}.",
            "Use lower-case letters and digits, joined by single dashes, dots or underscores"
            + (f": {suggestion!r}, say." if suggestion else "."),
        )
    return name


def slug(text: str) -> str:
    """A name made from free text: `Track & Trace v2` → `track-trace-v2`; empty where nothing remains."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", text)
    plain = _SEPARATOR.sub("-", spaced.lower())
    return re.sub(r"[.-]*[.][.-]*", ".", plain)[:LONGEST].strip("-.")


def split(identity: str) -> tuple[str, str]:
    """`erp/orders` → `("erp", "orders")`."""
    domain, slash, name = identity.partition("/")
    if not slash:
        raise Invalid(
            "invalid-contract", f"{identity[:LONGEST]!r} names no contract.", "Write it as domain/name."
        )
    return check(domain, "domain"), check(name, "contract")


def reference(text: str) -> tuple[str, str | None]:
    """`erp/orders@1.2.0` → `("erp/orders", "1.2.0")`; without `@` the version is None."""
    identity, _, version = text.removeprefix("registry:").partition("@")
    return "/".join(split(identity)), version or None
