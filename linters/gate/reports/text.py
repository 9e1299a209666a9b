"""For the terminal: each check with its reason, then what breaks."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from linters.diff.reports import text as comparison_text
from linters.gate.result import GateResult
from linters.gate.run import Judged, Run
from linters.lint import Finding, Severity
from linters.reports.excerpts import inert, printable
from linters.reports.wording import SEVERITY_NAMES, counted

_MARKS = {"pass": ("✓", "32"), "fail": ("✗", "31;1"), "unchecked": ("?", "33;1")}
FINDINGS = 20


def render(run: Run, *, colour: bool = False, width: int = 100) -> str:
    """The run as text, ending in a newline; what passes of many contracts is one line."""
    many = len(run.judged) > 1
    out: list[str] = []
    for judged in run.in_order:
        if many and judged.result.outcome == "pass":
            how = f" ({printable(judged.how)})" if judged.how else ""
            out += [
                f"{_outcome(judged.result, colour)}  {printable(judged.name)}{how}{_approved(judged.result)}"
            ]
        else:
            out += [*_contract(judged, colour, width), ""]
    out = out[:-1] if out and not out[-1] else out
    if len(run.judged) != 1:
        against = f", compared with {printable(run.against.replace('`', ''))}" if run.against else ""
        out += ["", f"{run.summary[:1].upper()}{run.summary[1:]}{against}."]
    out += [f"note: {printable(note)}" for note in run.notes]
    return "\n".join(map(inert, "\n".join(out).strip("\n").split("\n"))) + "\n"


def _contract(judged: Judged, colour: bool, width: int) -> list[str]:
    result = judged.result
    title = printable(f"{judged.name} ({judged.how})" if judged.how else judged.name)
    out = [_paint(title, "1", colour)] if title else []
    for check in result.checks:
        mark, style = _MARKS[check.outcome]
        note = "" if check.required else _paint("  (told, does not decide)", "2", colour)
        out.append(f"  {_paint(mark, style, colour)} {check.name:<14} {printable(check.reason)}{note}")
    out += _findings(result, colour, width)
    if result.suppressed:
        out += ["", f"  {counted(len(result.suppressed), 'finding')} suppressed, with a reason for each."]
    out += _changes(result, colour, width)
    out += ["", f"{_outcome(result, colour)} under the profile {result.profile}."]
    if result.suggested_version and result.outcome != "pass":
        out.append(f"The next version would be {result.suggested_version}.")
    return out


def _findings(result: GateResult, colour: bool, width: int) -> list[str]:
    failing = _deciding(result)
    out = [""] if failing else []
    for finding in failing[:FINDINGS]:
        start = finding.range.start
        place = f"{printable(finding.source)}:{start.line + 1}:{start.character + 1}"
        severity = _paint(SEVERITY_NAMES[finding.severity], "1;31", colour)
        out.append(f"  {place}  {severity}  {printable(finding.code)}")
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
        out.append(
            _paint(f"  Why, and how to mend it: lading explain {printable(failing[0].code)}", "2", colour)
        )
    return out


def _changes(result: GateResult, colour: bool, width: int) -> list[str]:
    if result.comparison is None:
        return []
    approved = {one.fingerprint for one in result.approved}
    left = [
        one for one in result.comparison.changes if one.verdict == "safe" or one.fingerprint not in approved
    ]
    comparison = replace(result.comparison, changes=tuple(left), verdict=left[0].verdict if left else "safe")
    if comparison.verdict not in ("breaking", "unknown"):
        return []
    return ["", comparison_text.render(comparison, colour=colour, width=width, safe=False).rstrip("\n")]


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


def _outcome(result: GateResult, colour: bool) -> str:
    mark, style = _MARKS[result.outcome]
    return _paint(f"{mark} {result.outcome.upper()}", style, colour)


def _approved(result: GateResult) -> str:
    return f", {counted(len(result.approved), 'change')} approved" if result.approved else ""


def _paint(text: str, style: str, colour: bool) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if colour else text
