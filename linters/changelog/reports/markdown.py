"""For a repository or a release page: a heading for each version, under it a list for each operation."""

from __future__ import annotations

from linters.changelog.releases import Changelog, Release
from linters.diff import Change
from linters.diff.reports.words import others
from linters.reports.excerpts import printable
from linters.reports.formats.markdown import escaped, with_code

from . import words


def render(changelog: Changelog) -> str:
    """The changelog as GitHub-flavoured Markdown."""
    out = [f"# {escaped(words.title(changelog))}", ""]
    for release in changelog.releases:
        out += _release(release)
    if changelog.cut:
        out += [words.CUT, ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _release(release: Release) -> list[str]:
    day = f" · {release.day}" if release.day else ""
    out = [f"## {escaped(release.name)}{day}", ""]
    out += [f"*{escaped(release.note)}*", ""] if release.note else []
    out += [escaped(words.summary(release)), ""]
    for group in release.groups:
        name = printable(group.name).replace("`", "'")
        out += [f"### {name if group.changes[0].operation is None else f'`{name}`'}", ""]
        out += [_line(change) for change in group.changes]
        out.append("")
    return out


def _line(change: Change) -> str:
    label = "" if change.verdict == "safe" else f"**{words.LABELS[change.verdict]}:** "
    also = others(change)
    return f"- {label}{with_code(change.message)}{f' ({also})' if also else ''}"
