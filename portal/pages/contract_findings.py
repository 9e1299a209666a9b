"""What the lint found in a version, each finding at its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from contracts.document import Document, Position, Range
from contracts.errors import ContractError
from contracts.pointers import to_pointer
from policies import rulesets
from portal import excerpts, filters, subject
from portal.excerpts import Excerpt
from portal.page import Page
from portal.slices import cut
from portal.view import View
from registry.domain.access import Scope
from registry.domain.waivers import WaiverState
from registry.services import reports, waivers

page = Page("/contracts/{domain}/{name}/findings", "Findings", under="Catalogue")

SEVERITIES = ("error", "warn", "info", "hint")
MOST = 25


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the lines around it and with what its rule says for itself, where it is one of ours."""

    code: str
    message: str
    severity: str
    pointer: str
    excerpt: Excerpt | None
    why: str


def get(view: View) -> Response:
    about = subject.load(view, "Findings")
    version = subject.required(about)
    waived = waivers.browse(view.context, contract=version.contract, state=WaiverState.GRANTED)
    report = reports.lint(view.context, version.contract, version.version)
    if report is None:
        return view.render(about=about, report=None, waived=waived)
    severity, code = view.query("severity"), view.query("code")
    wanted = [
        finding
        for finding in report.findings
        if (not severity or SEVERITIES[finding["severity"]] == severity)
        and (not code or finding["code"] == code)
    ]
    part = cut(wanted, view.query("after"), MOST)
    documents = subject.api(view, version).documents.documents if part.items else {}
    return view.render(
        about=about,
        report=report,
        groups=_groups(report.findings, severity, code),
        findings=[_shown(finding, documents) for finding in part.items],
        after=part.after,
        total=len(wanted),
        waived=waived,
        may_ask=view.may(Scope.CONTRACTS_WRITE, about.contract.domain),
    )


def _groups(findings: Sequence[Mapping[str, Any]], severity: str, code: str) -> tuple[filters.Group, ...]:
    severities = Counter(SEVERITIES[finding["severity"]] for finding in findings)
    codes = Counter(str(finding["code"]) for finding in findings)
    return (
        filters.Group(
            "severity",
            "Severity",
            tuple(filters.Option(each, each, severities[each]) for each in SEVERITIES if severities[each]),
            severity,
        ),
        filters.Group(
            "code",
            "Rule",
            tuple(filters.Option(each, each, count) for each, count in codes.most_common(60)),
            code,
        ),
    )


def _shown(finding: Mapping[str, Any], documents: Mapping[str, Document]) -> Shown:
    document = documents.get(finding["source"])
    return Shown(
        str(finding["code"]),
        str(finding["message"]),
        SEVERITIES[finding["severity"]],
        to_pointer(finding["path"]),
        excerpts.at_range(document, _range(finding["range"])) if document else None,
        _why(str(finding["code"])),
    )


def _range(place: Mapping[str, Mapping[str, int]]) -> Range:
    start, end = place["start"], place["end"]
    return Range(Position(start["line"], start["character"]), Position(end["line"], end["character"]))


def _why(code: str) -> str:
    try:
        return rulesets.rule(code).why
    except ContractError:
        return ""  # a rule of somebody's own ruleset
