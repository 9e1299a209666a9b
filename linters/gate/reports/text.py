"""For the terminal: each check with its reason, then what breaks."""

from __future__ import annotations

import textwrap

from linters.diff.reports import text as comparison_text
from linters.gate.result import GateResult
from linters.lint import Finding, Severity
from linters.reports.excerpts import inert, printable
from linters.reports.wording import SEVERITY_NAMES, counted

_MARKS = {"pass": ("✓", "32"), "fail": ("✗", "31;1"), "unchecked": ("?", "33;1")}
FINDINGS = 20


def render(result: GateResult, title: str = "", *, colour: bool = False, width: int = 100) -> str:
    """The result as text, ending in a newline."""

    def paint(text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if colour else text

    out = [paint(printable(title), "1")] if title else []
    for check in result.checks:
        mark, style = _MARKS[check.outcome]
        note = "" if check.required else paint("  (told, does not decide)", "2")
        out.append(f"  {paint(mark, style)} {check.name:<14} {printable(check.reason)}{note}")
    failing = _deciding(result)
    if failing:
        out.append("")
    for finding in failing[:FINDINGS]:
        start = finding.range.start
        place = f"{printable(finding.source)}:{start.line + 1}:{start.character + 1}"
        out.append(f"  {place}  {paint(SEVERITY_NAMES[finding.severity], '1;31')}  {printable(finding.code)}")
        out += textwrap.wrap(
            printable(finding.message),
            width,
            initial_indent="    ",
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
    if len(failing) > FINDINGS:
        out.append(f"  … and {len(failing) - FINDINGS:,} more; `lading lint` shows all.")
    if failing:
        out.append(paint(f"  Why, and how to mend it: lading explain {printable(failing[0].code)}", "2"))
    if result.suppressed:
        out += ["", f"  {counted(len(result.suppressed), 'finding')} suppressed, with a reason for each."]
    if result.comparison is not None and result.comparison.verdict in ("breaking", "unknown"):
        out += [
            "",
            comparison_text.render(result.comparison, colour=colour, width=width, safe=False).rstrip("\n"),
        ]
    mark, style = _MARKS[result.outcome]
    out += ["", f"{paint(f'{mark} {result.outcome.upper()}', style)} under the profile {result.profile}."]
    if result.suggested_version and result.outcome != "pass":
        out.append(f"The next version would be {result.suggested_version}.")
    return "\n".join(map(inert, "\n".join(out).split("\n"))) + "\n"


def _deciding(result: GateResult) -> list[Finding]:
    """Errors, or what a ratchet found to be more than before."""
    new = {
        (one["source"], one["code"], tuple(one["path"]), one["message"])
        for check in result.checks
        for one in check.details.get("new", ())
    }
    if not new:
        return [one for one in result.findings if one.severity <= Severity.ERROR]
    keys = ((one, (one.source, one.code, tuple(map(str, one.path)), one.message)) for one in result.findings)
    return [one for one, key in keys if key in new]
