"""For a browser: one page that needs nothing else, searched and filtered, with excerpts and the rules' reasons.

It reads well without its script. Its policy (CSP) allows only its own style and script, by their hashes, so that
nothing that stands in a document could run even if it were not escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template
from markupsafe import Markup

from linters.lint import Finding, Severity
from linters.reports.excerpts import excerpt, printable
from linters.reports.help import RuleHelp
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES, count_of, counted, spans

EXCERPTS = 2_000
"""So many findings are shown with their lines."""
EXCERPTS_OF_RULE = 100
"""So many of one rule and file."""
OPEN = 60
"""Findings of a report that stand open without being asked for; the gravest are opened first."""
_WIDTH = 180
_AROUND = 1
"""Lines that are shown before and behind the one in question."""

_ADDRESS = re.compile(r"https?://[!-~]+")


def render(report: LintReport) -> str:
    style, script = _part("report.css"), _part("report.js")
    return _template().render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        **_content(report),
    )


def _content(report: LintReport) -> dict[str, Any]:
    told = [report.help[code] for code in sorted({f.code for f in report.findings}) if code in report.help]
    told = [one for one in told if one.why or one.good or one.bad or one.url]
    anchors = {one.code: f"rule-{number}" for number, one in enumerate(told, 1)}
    counts = [
        (SEVERITY_NAMES[severity], count_of(severity, report.counts))
        for severity in Severity
        if report.counts[severity]
    ]
    shown = _Shown(report, anchors)
    codes = sorted({f.code for f in report.findings})
    return {
        "version": report.version,
        "title": ", ".join(text for _, text in counts)
        or ("Not everything was judged" if report.unread else "Nothing found"),
        "counts": counts,
        "judged": _judged(report),
        "notes": [printable(note) for note in report.notes],
        "unread": [printable(str(error)) for error in report.unread],
        "codes": [printable(code) for code in codes],
        "areas": sorted({printable(shown.area(code)) for code in codes}),
        "files": [shown.file(source, findings) for source, findings in report.by_file()],
        "suppressed": [
            {
                "place": _place(one.finding, named=True),
                "code": printable(one.finding.code),
                "message": spans(printable(one.finding.message)),
                "reason": printable(one.reason),
            }
            for one in report.suppressed
        ],
        "rules": [_rule(one, anchors[one.code]) for one in told],
    }


class _Shown:
    """Findings as the page shows them; excerpts and open groups are bounded over the whole of it."""

    def __init__(self, report: LintReport, anchors: dict[str, str]) -> None:
        self.report = report
        self.anchors = anchors
        self.excerpts = EXCERPTS
        self.open = OPEN

    def area(self, code: str) -> str:
        return self.report.help[code].area if code in self.report.help else ""

    def file(self, source: str, findings: Iterable[Finding]) -> dict[str, Any]:
        groups: dict[tuple[Severity, str], list[Finding]] = {}
        for finding in findings:
            groups.setdefault((finding.severity, finding.code), []).append(finding)
        ordered = sorted(groups.items(), key=lambda item: (item[0][0], -len(item[1]), item[0][1]))
        return {
            "name": printable(source) or "stdin",
            "groups": [self.group(severity, code, group) for (severity, code), group in ordered],
        }

    def group(self, severity: Severity, code: str, findings: list[Finding]) -> dict[str, Any]:
        is_open = len(findings) <= self.open
        self.open -= len(findings) if is_open else 0
        with_lines = min(self.excerpts, EXCERPTS_OF_RULE)
        self.excerpts -= min(with_lines, len(findings))
        help_ = self.report.help.get(code, RuleHelp(code))
        return {
            "code": printable(code),
            "area": printable(help_.area),
            "severity": SEVERITY_NAMES[severity],
            "number": counted(len(findings), "finding"),
            "description": spans(printable(help_.description)),
            "anchor": self.anchors.get(code, ""),
            "open": is_open,
            "findings": [self.finding(one, number < with_lines) for number, one in enumerate(findings)],
        }

    def finding(self, finding: Finding, with_lines: bool) -> dict[str, Any]:
        related = self.report.related.get(finding)
        fix = self.report.fixes.get(finding)
        where = related.range.start if related is not None else None
        return {
            "place": _place(finding),
            "message": spans(printable(finding.message)),
            "related": f"{printable(related.source)}:{where.line + 1}:{where.character + 1}"
            if related is not None and where is not None
            else "",
            "fix": spans(printable(fix.title)) if fix is not None else [],
            "lines": self.lines(finding) if with_lines else [],
        }

    def lines(self, finding: Finding) -> list[dict[str, str]]:
        """The line in question, marked, between its neighbours."""
        at = finding.range.start.line
        part = excerpt(self.report.line(finding.source, at), finding.range, _WIDTH)
        if part is None:
            return []
        end = part.start + part.length
        numbers = range(max(0, at - _AROUND), at + _AROUND + 1)
        width = len(str(numbers[-1] + 1))
        shown = []
        for number in numbers:
            line = {"number": str(number + 1).rjust(width), "before": "", "marked": "", "after": ""}
            if number == at:
                line["before"], line["after"] = part.text[: part.start], part.text[end:]
                line["marked"] = part.text[part.start : end]
            else:
                text = self.report.line(finding.source, number)
                if not text.strip():
                    continue
                line["before"] = printable(text[:_WIDTH]) + ("…" if len(text) > _WIDTH else "")
            shown.append(line)
        return shown


def _judged(report: LintReport) -> str:
    return f"{counted(len(report.files), 'file')} judged by {printable(report.ruleset) or 'a ruleset'}"


def _place(finding: Finding, *, named: bool = False) -> str:
    start = finding.range.start
    source = f"{printable(finding.source)}:" if named else ""
    return f"{source}{start.line + 1}:{start.character + 1}"


def _rule(help_: RuleHelp, anchor: str) -> dict[str, Any]:
    return {
        "code": printable(help_.code),
        "anchor": anchor,
        "description": spans(printable(help_.description)),
        "why": spans(printable(help_.why)),
        "good": _block(help_.good),
        "bad": _block(help_.bad),
        "url": help_.url if _ADDRESS.fullmatch(help_.url) else "",
    }


def _block(text: str) -> str:
    return "\n".join(map(printable, text.rstrip().split("\n")))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return (files("linters.reports") / "page" / name).read_text("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=DictLoader({"report.html": _part("report.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")
