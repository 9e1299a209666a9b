"""Does the version say what the change is (SemVer 2.0.0, dates, a major version in the address)?"""

from __future__ import annotations

from linters.gate.request import contents
from linters.gate.result import Check
from linters.gate.versions import Bump, Number, is_date, is_earlier, misstep
from linters.gate.weighed import Weighed


def check(weighed: Weighed) -> Check:
    request = weighed.request
    if weighed.comparison is None or request.base is None:
        if request.is_first:
            return weighed.check("version", "pass", f"{weighed.version} is the first version.")
        return weighed.not_compared("version")
    if contents(request.candidate) == contents(request.base):
        return weighed.check("version", "pass", "The document is the same, byte for byte.")
    needed = weighed.needed
    details: dict[str, object] = {
        "needed": str(needed),
        "suggested": weighed.suggested,
        "stated": weighed.stated,
        "base": weighed.base_version,
    }
    identifier = misstep(weighed.base_version, weighed.stated or weighed.version, needed)
    if identifier is not None:
        details["id"] = identifier
    if weighed.stated == str(request.base.version):
        still = f"still {weighed.stated}: the bump is missing" if weighed.stated else "not stated"
        reason = f"The document changed, and info.version is {still}.{_hint(weighed)}"
        return weighed.check("version", "fail", reason, **details)
    both_numbers = Number.read(weighed.version) is not None and Number.read(weighed.stated) is not None
    if both_numbers and weighed.stated != weighed.version:
        reason = f"It is to be published as {weighed.version}, and info.version says {weighed.stated}."
        return weighed.check("version", "fail", reason, **details)
    return _moved(weighed, needed, details)


def _hint(weighed: Weighed) -> str:
    return f" {weighed.suggested} would be right." if weighed.suggested else ""


def _moved(weighed: Weighed, needed: Bump, details: dict[str, object]) -> Check:
    """The version was touched: is it far enough?"""
    old, new = weighed.base_version, weighed.version
    if is_earlier(new, old) or weighed.bump is Bump.NONE:
        return weighed.check("version", "fail", f"{new} is not later than {old}.{_hint(weighed)}", **details)
    addressed = _addressed(weighed, details)
    if addressed is not None:
        return addressed
    bump, room = weighed.bump, weighed.room
    if bump is None or room is None:
        return _undated(weighed, needed, details)
    if room < needed:
        return weighed.check(
            "version",
            "fail",
            f"The change asks for a {needed} bump, and {old} to {new} is a {bump} one.{_hint(weighed)}",
            **details,
        )
    if room > bump and bump < needed:
        reason = f"The change is {needed.change}, which {new} may bring after {old}."
        return weighed.check("version", "pass", reason, **details)
    return weighed.check(
        "version", "pass", f"{old} to {new} is a {bump} bump; the change asks for {needed}.", **details
    )


def _addressed(weighed: Weighed, details: dict[str, object]) -> Check | None:
    """What a major version in the addresses says; None where it says nothing against the numbers."""
    before, after = weighed.majors_in_addresses
    if before is None or after is None:
        return None
    old, new = Number.read(weighed.base_version), Number.read(weighed.version)
    if after < before:
        return weighed.check(
            "version", "fail", f"The addresses went back from v{before} to v{after}.", **details
        )
    if old is None or new is None:
        if after == before:
            return None
        reason = f"The addresses went from v{before} to v{after}, which announces any change."
        return weighed.check("version", "pass", reason, **details)
    if after > before and old.major == new.major:
        reason = f"The addresses went from v{before} to v{after}, and the version only from {old.written} to {new.written}."
        return weighed.check("version", "fail", reason, **details)
    if after == before == old.major < new.major:
        reason = (
            f"{new.written} is another major version than {old.written}, and both are served at v{after}: "
            f"whoever calls that gets the other without having asked for it. Serve {new.written} at v{new.major}."
        )
        return weighed.check("version", "fail", reason, **details)
    return None


def _undated(weighed: Weighed, needed: Bump, details: dict[str, object]) -> Check:
    """Of versions that are no numbers, only dates tell anything."""
    old, new = weighed.base_version, weighed.version
    if not (is_date(old) and is_date(new)):
        reason = f"{old} and {new} are not both SemVer numbers: whether the bump is right cannot be told."
        return weighed.check("version", "unchecked", reason, **details)
    if needed < Bump.MAJOR:
        return weighed.check("version", "pass", f"The date went from {old} to {new}.", **details)
    reason = (
        f"The date went from {old} to {new}, and a date is no SemVer number: it does not say that something breaks. "
        "A major version in the addresses would."
    )
    return weighed.check("version", "unchecked", reason, **details)
