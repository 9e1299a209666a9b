"""For Code Climate and what reads its issues: categories and the rules' own words as content."""

from __future__ import annotations

from typing import Any

from linters.reports.code_quality import issues
from linters.reports.help import RuleHelp
from linters.reports.json_text import dumps
from linters.reports.report import LintReport

ALIASES = ("code-climate",)

_CATEGORIES = {
    "auth": "Security",
    "rate-limits": "Security",
    "owasp": "Security",
    "errors": "Bug Risk",
    "money": "Bug Risk",
    "dates": "Bug Risk",
    "identifiers": "Bug Risk",
    "events": "Compatibility",
    "lifecycle": "Compatibility",
    "versioning": "Compatibility",
}
"""The specification knows eight categories; what is about none of these areas is a matter of style."""


def render(report: LintReport) -> str:
    rows = [_issue(issue, report.help.get(issue["check_name"])) for issue in issues(report)]
    return dumps(rows, indent=1) + "\n"


def _issue(issue: dict[str, Any], help_: RuleHelp | None) -> dict[str, Any]:
    area = help_.area if help_ is not None else ""
    whole = {"type": "issue", "categories": [_CATEGORIES.get(area, "Style")], **issue}
    if help_ is not None and help_.as_markdown():
        whole["content"] = {"body": help_.as_markdown()}
    return whole
