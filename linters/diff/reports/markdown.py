"""For pull requests: a table of what breaks, the rest folded away."""

from __future__ import annotations

from linters.diff.verdicts import Change, Comparison
from linters.reports.excerpts import printable

from . import words

_MARKS = {"breaking": "❌", "unknown": "❓", "safe": "✅"}
LIMIT = 100
"""Rows of one table; a comment has a size that forges accept."""


def render(comparison: Comparison, title: str = "") -> str:
    """The comparison as GitHub-flavoured Markdown."""
    out = [f"### {_escaped(title)}", ""] if title else []
    out += [f"**{words.summary(comparison)}** by the policy `{comparison.policy}`.", ""]
    for verdict in ("breaking", "unknown", "safe"):
        changes = [change for change in comparison.changes if change.verdict == verdict]
        if not changes:
            continue
        table = _table(changes)
        if verdict == "safe":
            out += ["<details>", f"<summary>{len(changes)} safe</summary>", "", *table, "", "</details>", ""]
        else:
            out += [f"#### {_MARKS[verdict]} {verdict.capitalize()}", "", *table, ""]
    return "\n".join(out).rstrip("\n") + "\n"


def _table(changes: list[Change]) -> list[str]:
    rows = ["| Operation | What changed | Where | Check |", "|---|---|---|---|"]
    for change in changes[:LIMIT]:
        what = _escaped(change.message)
        if change.view is not None:
            what += f"<br>⇒ {change.view}"
        witness = words.witness(change)
        if witness is not None:
            what += f"<br>↳ {_code(witness)}"
        also = words.others(change)
        operation = f"{_code(change.operation or 'the contract')}{f'<br>{also}' if also else ''}"
        rows.append(f"| {operation} | {what} | {words.lines(change)} | {_code(change.id)} |")
    if len(changes) > LIMIT:
        rows.append(f"| | … and {len(changes) - LIMIT} more | | |")
    return rows


def _escaped(text: str) -> str:
    shown = printable(text)
    for character in "\\|<>[]*_":
        shown = shown.replace(
            character, f"\\{character}" if character not in "<>" else {"<": "&lt;", ">": "&gt;"}[character]
        )
    return shown


def _code(text: str) -> str:
    shown = printable(text).replace("|", "\\|")
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"
