from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding
from linters.reports import LintReport, render

COMMAND = re.compile(r"::(error|warning|notice) [^:]+::[^\r\n]*")


def test_annotations(report: LintReport) -> None:
    assert render("github", report).splitlines() == [
        "::error file=orders.yaml,line=6,endLine=7,title=auth-stated::GET /orders states no `security`.",
        "::warning file=orders.yaml,line=7,endLine=7,col=20,title=naming-operation-id-camel,endColumn=31::`List_Orders` is not camelCase.",
        "::notice file=shared/common parts.yaml,line=1,endLine=7,title=rate-limit-stated::No limit.",
        "::notice file=orders.yaml,line=1,endLine=1,col=1,title=taste,endColumn=8::Hm.",
        "::error file=broken.yaml,title=syntax,line=3::The bracket is never closed. Close it.",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(message=st.text(), source=st.text(), code=st.text())
def test_no_text_can_start_a_command_of_its_own(
    findings: tuple[Finding, ...], message: str, source: str, code: str
) -> None:
    hostile = replace(findings[0], message=message, source=source, code=code)
    lines = render("github", LintReport((hostile,), ())).splitlines()
    assert len(lines) == 1
    assert COMMAND.fullmatch(lines[0])


def test_a_command_in_a_document_stays_text(findings: tuple[Finding, ...]) -> None:
    hostile = replace(findings[0], message="x\n::set-output name=a::b", source="a,line=1::b.yaml")
    assert render("github", LintReport((hostile,), ())) == (
        "::error file=a%2Cline=1%3A%3Ab.yaml,line=6,endLine=7,title=auth-stated::x%0A::set-output name=a::b\n"
    )
