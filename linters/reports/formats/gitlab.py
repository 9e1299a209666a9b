"""For GitLab: a Code Quality report, shown in merge requests."""

from __future__ import annotations

from linters.reports.code_quality import issues
from linters.reports.json_text import dumps
from linters.reports.report import LintReport


def render(report: LintReport) -> str:
    return dumps(list(issues(report)), indent=1) + "\n"
