"""Does the version say what the change is (SemVer 2.0.0)?"""

from __future__ import annotations

from linters.gate.request import Api
from linters.gate.result import Check
from linters.gate.versions import Bump, Number, is_date, misstep, suggest
from linters.gate.weighed import Weighed


def check(weighed: Weighed) -> Check:
    request = weighed.request
    if weighed.comparison is None or request.base is None:
        if request.is_first:
            return weighed.check("version", "pass", f"{weighed.version} is the first version.")
        return weighed.check("version", "unchecked", "There is no base to compare with.")
    if _contents(request.candidate) == _contents(request.base):
        return weighed.check("version", "pass", "The document is the same, byte for byte.")
    stated_before = str(request.base.version)
    needed = weighed.needed
    suggested = suggest(weighed.base_version, needed, request.history)
    details: dict[str, object] = {
        "needed": str(needed),
        "suggested": suggested,
        "stated": weighed.stated,
        "base": weighed.base_version,
    }
    identifier = misstep(weighed.base_version, weighed.stated or weighed.version, needed)
    if identifier is not None:
        details["id"] = identifier
    if weighed.stated == stated_before:
        hint = f" {suggested} would be right." if suggested else ""
        still = f"still {weighed.stated}: the bump is missing" if weighed.stated else "not stated"
        reason = f"The document changed, and info.version is {still}.{hint}"
        return weighed.check("version", "fail", reason, **details)
    both_numbers = Number.read(weighed.version) is not None and Number.read(weighed.stated) is not None
    if both_numbers and weighed.stated != weighed.version:
        reason = f"It is to be published as {weighed.version}, and info.version says {weighed.stated}."
        return weighed.check("version", "fail", reason, **details)
    return _moved(weighed, needed, suggested, details)


def _contents(api: Api) -> tuple[bytes, list[bytes]]:
    """The document's bytes and those of its parts, whatever their names."""
    root, parts = api.documents.root, api.documents.documents.values()
    return root.content, sorted(one.content for one in parts if one.source != root.source)


def _moved(weighed: Weighed, needed: Bump, suggested: str | None, details: dict[str, object]) -> Check:
    """The version was touched: is it far enough?"""
    bump, old, new = weighed.bump, weighed.base_version, weighed.version
    if bump is None:
        if is_date(old) and is_date(new) and new > old and needed < Bump.MAJOR:
            return weighed.check("version", "pass", f"The date went from {old} to {new}.", **details)
        reason = f"{old} and {new} are not both SemVer numbers: whether the bump is right cannot be told."
        return weighed.check("version", "unchecked", reason, **details)
    hint = f" {suggested} would be right." if suggested else ""
    if bump is Bump.NONE:
        return weighed.check("version", "fail", f"{new} is not later than {old}.{hint}", **details)
    if bump < needed:
        return weighed.check(
            "version",
            "fail",
            f"The change asks for a {needed} bump, and {old} to {new} is a {bump} one.{hint}",
            **details,
        )
    return weighed.check(
        "version", "pass", f"{old} to {new} is a {bump} bump; the change asks for {needed}.", **details
    )
