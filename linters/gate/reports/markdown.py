"""For pull requests: the outcome, a table of checks, then what breaks."""

from __future__ import annotations

from linters.diff.reports import markdown as comparison_markdown
from linters.gate.result import GateResult
from linters.reports.excerpts import printable

_MARKS = {"pass": "✅", "fail": "❌", "unchecked": "❓"}
FINDINGS = 50


def render(result: GateResult, title: str = "") -> str:
    """The result as GitHub-flavoured Markdown."""
    head = f"{_MARKS[result.outcome]} Gate: {result.outcome}"
    out = [f"## {head}{f' · {_escaped(title)}' if title else ''}", ""]
    out += ["| | Check | Reason |", "|---|---|---|"]
    for check in result.checks:
        note = "" if check.required else " *(told, does not decide)*"
        out.append(f"| {_MARKS[check.outcome]} | {check.name} | {_escaped(check.reason)}{note} |")
    out.append("")
    if result.suggested_version and result.outcome != "pass":
        out += [f"The next version would be `{result.suggested_version}`.", ""]
    if result.comparison is not None and result.comparison.changes:
        out += ["### Changes", "", comparison_markdown.render(result.comparison)]
    if result.findings:
        out += ["<details>", f"<summary>{len(result.findings)} findings</summary>", ""]
        for finding in result.findings[:FINDINGS]:
            place = f"{finding.source}:{finding.range.start.line + 1}"
            out.append(
                f"- `{place}` **{finding.code}** ({finding.severity.name.lower()}) {_escaped(finding.message)}"
            )
        if len(result.findings) > FINDINGS:
            out.append(f"- … and {len(result.findings) - FINDINGS} more")
        out += ["", "</details>", ""]
    out.append(f"Profile `{result.profile}`.")
    return "\n".join(out) + "\n"


def _escaped(text: str) -> str:
    return printable(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")
