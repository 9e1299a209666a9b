"""What every format of a changelog says in the same words."""

from __future__ import annotations

from linters.changelog.releases import Changelog, Release
from linters.reports.wording import counted

LABELS = {"breaking": "Breaking", "unknown": "Not judged", "safe": "Compatible"}
CUT = "There are older versions, which are not told of here."


def summary(release: Release) -> str:
    """`2 breaking changes and 5 compatible ones since 1.4.0.`, or why there is nothing to tell."""
    if release.problem:
        return f"What changed is not known: {release.problem}"
    if release.comparison is None:
        return "The first version told of here."
    since = f" since {release.previous}" if release.previous else ""
    counts = release.comparison.counts
    if not release.comparison.changes:
        return f"Nothing that matters to callers changed{since}."
    parts = [
        counted(counts[verdict], f"{words} change")
        for verdict, words in (("breaking", "breaking"), ("unknown", "unjudged"), ("safe", "compatible"))
        if counts[verdict]
    ]
    return f"{', '.join(parts)}{since}."


def title(changelog: Changelog) -> str:
    return f"Changes of {changelog.title}"
