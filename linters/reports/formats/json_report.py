"""For programs that need the whole: outcome, counts, findings with fingerprints, what is suppressed or unread.

`specs/lint-report.schema.json` describes it. Members may be added; none changes its meaning or goes while
`format` stays the same.
"""

from __future__ import annotations

from typing import Any

from contracts.errors import ContractError
from linters.lint import Severity
from linters.reports.fingerprints import fingerprinted
from linters.reports.help import RuleHelp
from linters.reports.json_text import dumps
from linters.reports.report import LintReport

from .json import row

FORMAT = "lading-lint-report/1"


def render(report: LintReport) -> str:
    return dumps(_whole(report), indent=1) + "\n"


def _whole(report: LintReport) -> dict[str, Any]:
    codes = sorted({finding.code for finding in report.findings})
    return {
        "format": FORMAT,
        "tool": {"name": "Lading", "version": report.version},
        "ruleset": report.ruleset,
        "outcome": "unchecked" if report.unread else "fail" if report.failures else "pass",
        "failSeverity": report.fail_severity.label if report.fail_severity is not None else None,
        "files": list(report.files),
        "counts": {
            **{severity.label: report.counts[severity] for severity in Severity},
            "suppressed": len(report.suppressed),
            "unread": len(report.unread),
        },
        "findings": [
            {**row(report, finding), "fingerprint": fingerprint}
            for finding, fingerprint in fingerprinted(report.findings)
        ],
        "suppressed": [one.as_dict() for one in report.suppressed],
        "unread": [_unread(error) for error in report.unread],
        "rules": {code: _rule(report.help[code]) for code in codes if code in report.help},
        "notes": list(report.notes),
        "score": None if report.score is None else report.score.as_dict(),
    }


def _unread(error: ContractError) -> dict[str, Any]:
    place = {"line": error.line, "column": error.column} if error.line is not None else {}
    return {
        "code": error.code,
        "message": error.message,
        "advice": error.advice,
        "source": error.source,
        **{key: value for key, value in place.items() if value is not None},
    }


def _rule(help_: RuleHelp) -> dict[str, str]:
    return {
        "description": help_.description,
        "severity": help_.severity,
        "area": help_.area,
        "why": help_.why,
        "url": help_.url,
    }
