from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linters.lint import Finding
from linters.reports import LintReport, render

MANY = 34
COMMAND = re.compile(r"::(error|warning|notice) [^:]+::[^\r\n]*")


def test_annotations(report: LintReport) -> None:
    assert render("github", report).splitlines() == [
        "::error file=broken.yaml,title=syntax,line=3::The bracket is never closed. Close it.",
        "::error file=orders.yaml,line=6,endLine=7,title=auth-stated::GET /orders states no `security`.",
        "::warning file=orders.yaml,line=7,endLine=7,col=20,title=naming-operation-id-camel,endColumn=31::`List_Orders` is not camelCase.",
        "::notice file=shared/common parts.yaml,line=1,endLine=7,title=rate-limit-stated::No limit.",
        "::notice file=orders.yaml,line=1,endLine=1,col=1,title=taste,endColumn=8::Hm.",
    ]


def test_the_gravest_come_first_and_what_has_no_room_is_counted(report: LintReport) -> None:
    warning, error = report.findings[1], report.findings[0]
    findings = (*(replace(warning, path=(n,)) for n in range(MANY)), error, *[report.findings[2]] * 12)
    lines = render("github", replace(report, findings=findings, per_rule=10, unread=())).splitlines()
    kinds = [COMMAND.fullmatch(line)[1] for line in lines]  # type: ignore[index]
    assert kinds == ["error"] + ["warning"] * 10 + ["notice"] * 10
    assert lines[-1].startswith("::notice title=Lading::Not annotated: 24 warnings, 3 for information.")


def test_all_of_them_when_all_are_asked_for(report: LintReport) -> None:
    findings = tuple(replace(report.findings[1], path=(n,)) for n in range(MANY))
    lines = render("github", replace(report, findings=findings, per_rule=None, unread=())).splitlines()
    assert len(lines) == MANY


def test_files_that_could_not_be_judged_are_bounded_too(report: LintReport) -> None:
    lines = render(
        "github", replace(report, findings=(), unread=report.unread * 15, per_rule=10)
    ).splitlines()
    assert len(lines) == 11
    assert "5 files not judged" in lines[-1]


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
