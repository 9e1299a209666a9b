"""For pull requests: one comment for a run, the gravest first, details folded away, never too long.

The first line is a marker that nobody sees. Whoever posts the report looks for it, to write anew the comment of
the run before instead of adding another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from linters.diff import Change
from linters.diff.reports import words
from linters.diff.verdicts import ORDER as VERDICTS
from linters.gate.result import GateResult
from linters.gate.run import ORDER, Judged, Run
from linters.lint import Finding
from linters.reports.excerpts import printable
from linters.reports.formats.markdown import escaped, with_code
from linters.reports.wording import SEVERITY_NAMES, counted

MARKER = "<!-- lading-gate -->"
MOST = 60_000
"""Characters; forges refuse comments of more than 65,536, and a step may want to add a line or two."""
CONTRACTS = 100
"""Rows of the table of contracts."""
NOTES = 20
_SHORT = 600
_MARKS = {"pass": "✅", "fail": "❌", "unchecked": "❓"}
_VERDICT_MARKS = {"breaking": "❌", "unknown": "❓", "safe": "✅"}
_REST = 400
"""Characters kept free for the lines that end a section."""


@dataclass(slots=True)
class _Comment:
    """Collects lines as long as there is room."""

    lines: list[str] = field(default_factory=list)
    left: int = MOST

    def add(self, *lines: str) -> bool:
        """Whether there was room for them, together."""
        size = sum(len(line) + 1 for line in lines)
        if size > self.left:
            return False
        self.lines += lines
        self.left -= size
        return True

    def rows(self, head: Iterable[str], rows: list[str], rest: str) -> None:
        """As many rows as there is room for; `rest` has a place for how many are left out."""
        if not rows or not self.add(*head):
            return
        for index, row in enumerate(rows):
            if self.left < len(row) + _REST:
                self.add(rest.format(f"{len(rows) - index:,}"))
                break
            self.add(row)
        self.add("")


def render(run: Run) -> str:
    """The run as GitHub-flavoured Markdown, of at most 60,000 characters."""
    comment = _Comment()
    comment.add(MARKER, f"## {_MARKS[run.outcome]} Gate: {_headline(run)}", "")
    if run.against:
        comment.add(f"Compared with {with_code(_short(run.against))}.", "")
    if len(run.judged) != 1:
        _contracts(comment, run.in_order)
    for number, judged in enumerate(run.in_order):
        if comment.left < 2_000 + _REST:
            left_out = len(run.judged) - number
            comment.add(
                f"The details of {counted(left_out, 'contract')} have no room here; other formats have them."
            )
            break
        _contract(comment, judged, alone=len(run.judged) == 1)
    _notes(comment, run.notes)
    return "\n".join(comment.lines).rstrip("\n") + "\n"


def _headline(run: Run) -> str:
    (only, *others) = run.judged or (None,)
    name = f" · {escaped(_short(only.name))}" if only is not None and not others and only.name else ""
    return f"{run.summary}{name}"


def _contracts(comment: _Comment, judged: tuple[Judged, ...]) -> None:
    head = ("| | Contract | | Why |", "|---|---|---|---|")
    rows = [
        f"| {_MARKS[one.result.outcome]} | {escaped(_short(one.name))} | {escaped(one.how)} | {_why(one.result)} |"
        for one in judged[:CONTRACTS]
    ]
    if len(judged) > CONTRACTS:
        rows.append(f"| | … {len(judged) - CONTRACTS:,} more | | |")
    comment.rows(head, rows, "| | … {} more | | |")


def _notes(comment: _Comment, notes: tuple[str, ...]) -> None:
    """What is to say of the run itself, unless there is no room left for it."""
    lines = [f"- {escaped(_short(note))}" for note in notes[:NOTES]]
    if len(notes) > NOTES:
        lines.append(f"- … and {len(notes) - NOTES:,} more")
    if lines:
        comment.add(
            "<details>", f"<summary>{counted(len(notes), 'note')}</summary>", "", *lines, "", "</details>"
        )


def _why(result: GateResult) -> str:
    """The reason of the gravest check that decides."""
    failing = [one for one in result.checks if one.required and one.outcome != "pass"]
    failing.sort(key=lambda one: one.outcome != "fail")
    if failing:
        return with_code(_short(failing[0].reason, 200))
    return f"{counted(len(result.approved), 'change')} approved" if result.approved else ""


def _contract(comment: _Comment, judged: Judged, *, alone: bool) -> None:
    result = judged.result
    if not alone:
        summary = f"{_MARKS[result.outcome]} {_html(judged.name)}: {result.outcome}{_tally(result)}"
        comment.add("<details>", f"<summary>{summary}</summary>", "")
    rows = [
        f"| {_MARKS[check.outcome]} | {check.name} | {with_code(_short(check.reason))}"
        f"{'' if check.required else ' *(told, does not decide)*'} |"
        for check in sorted(result.checks, key=lambda check: (not check.required, ORDER[check.outcome]))
    ]
    comment.rows(("| | Check | Reason |", "|---|---|---|"), rows, "| | | … {} more |")
    if result.suggested_version and result.outcome != "pass":
        comment.add(f"The next version would be {_code(result.suggested_version)}.", "")
    _changes(comment, result)
    _findings(comment, result.findings)
    comment.add(f"Profile {_code(result.profile)}." if result.profile else "", "")
    if not alone:
        comment.add("</details>", "")


def _tally(result: GateResult) -> str:
    counts = {} if result.comparison is None else result.comparison.counts
    parts = [f"{counts[verdict]} {verdict}" for verdict in ("breaking", "unknown") if counts.get(verdict)]
    parts += [counted(len(result.findings), "finding")] if result.findings else []
    return f" · {', '.join(parts)}" if parts else ""


def _changes(comment: _Comment, result: GateResult) -> None:
    if result.comparison is None:
        return
    approvals = {one.fingerprint: one.said for one in result.approved}
    changes = result.comparison.changes
    for verdict in VERDICTS:
        found = [one for one in changes if one.verdict == verdict and one.fingerprint not in approvals]
        head = ["| Operation | What changed | Where |", "|---|---|---|"]
        if verdict == "safe":
            _folded(comment, f"{counted(len(found), 'safe change')}", head, [_row(one) for one in found])
            continue
        title = f"{_VERDICT_MARKS[verdict]} {len(found):,} {verdict}"
        rows = [_row(one, mark=True) for one in found]
        _folded(
            comment, title, head, rows, after="The codes are fingerprints, by which one change is approved."
        )
    approved = [one for one in changes if one.fingerprint in approvals and one.verdict != "safe"]
    _folded(
        comment,
        f"☑️ {counted(len(approved), 'change')} approved",
        ["| Operation | What changed | Approval |", "|---|---|---|"],
        [_row(one, approval=approvals[one.fingerprint]) for one in approved],
    )


def _row(one: Change, *, mark: bool = False, approval: str = "") -> str:
    what = with_code(_short(one.message))
    witness = words.witness(one)
    if witness is not None:
        what += f"<br>↳ {_code(witness)}"
    elif mark and one.reason:
        what += f"<br>{with_code(_short(one.reason))}"
    if mark:
        what += f"<br>{_code(one.id)} {_code(one.fingerprint)}" if one.fingerprint else f"<br>{_code(one.id)}"
    also = words.others(one)
    operation = f"{_code(_short(one.operation or 'the contract'))}{f'<br>{also}' if also else ''}"
    return f"| {operation} | {what} | {escaped(_short(approval)) if approval else words.lines(one)} |"


def _findings(comment: _Comment, findings: tuple[Finding, ...]) -> None:
    ordered = sorted(findings, key=lambda one: one.severity)
    _folded(
        comment, counted(len(findings), "finding"), ["| Where | Finding |", "|---|---|"], [*_told(ordered)]
    )


def _told(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        place = f"{escaped(_short(finding.source))}:{finding.range.start.line + 1}"
        code = f"{escaped(_short(finding.code))} ({SEVERITY_NAMES[finding.severity]})"
        yield f"| {place} | **{code}** {with_code(_short(finding.message))} |"


def _folded(comment: _Comment, title: str, head: list[str], rows: list[str], *, after: str = "") -> None:
    if not rows or not comment.add("<details>", f"<summary>{title}</summary>", ""):
        return
    comment.rows(head, rows, "| | … {} more, for which a comment has no room | |")
    comment.add(*([after, ""] if after else []), "</details>", "")


def _short(text: str, most: int = _SHORT) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _code(text: str) -> str:
    # GitHub's tables split at bars even in code, and take the backslash away.
    shown = printable(text).replace("|", "\\|")
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}"


def _html(text: str) -> str:
    """Text inside `<summary>`, where Markdown counts in some places and HTML in all."""
    return escaped(_short(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
