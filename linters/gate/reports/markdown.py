"""For pull requests: the outcome, a table of checks, then what breaks."""

from __future__ import annotations

from linters.diff.reports import markdown as comparison_markdown
from linters.gate.result import GateResult
from linters.reports.formats.markdown import escaped, with_code
from linters.reports.wording import SEVERITY_NAMES

_MARKS = {"pass": "✅", "fail": "❌", "unchecked": "❓"}
FINDINGS = 50


def render(result: GateResult, title: str = "") -> str:
    """The result as GitHub-flavoured Markdown."""
    head = f"{_MARKS[result.outcome]} Gate: {result.outcome}"
    out = [f"## {head}{f' · {escaped(title)}' if title else ''}", ""]
    out += ["| | Check | Reason |", "|---|---|---|"]
    for check in result.checks:
        note = "" if check.required else " *(told, does not decide)*"
        out.append(f"| {_MARKS[check.outcome]} | {check.name} | {with_code(check.reason)}{note} |")
    out.append("")
    if result.suggested_version and result.outcome != "pass":
        out += [f"The next version would be `{result.suggested_version}`.", ""]
    if result.comparison is not None and result.comparison.changes:
        out += ["### Changes", "", comparison_markdown.render(result.comparison)]
    if result.findings:
        out += ["<details>", f"<summary>{len(result.findings)} findings</summary>", ""]
        for finding in result.findings[:FINDINGS]:
            place = f"{escaped(finding.source)}:{finding.range.start.line + 1}"
            severity = SEVERITY_NAMES[finding.severity]
            out.append(f"- {place} **{escaped(finding.code)}** ({severity}) {with_code(finding.message)}")
        if len(result.findings) > FINDINGS:
            out.append(f"- … and {len(result.findings) - FINDINGS} more")
        out += ["", "</details>", ""]
    out.append(f"Profile `{result.profile}`.")
    return "\n".join(out) + "\n"
