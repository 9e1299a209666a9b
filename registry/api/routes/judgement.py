"""Findings, comparisons, gate runs."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Response

from registry.api import views
from registry.api.answers import answer, page
from registry.api.calls import Asked
from registry.api.proposals import Proposed
from registry.domain.errors import NotFound
from registry.services import gates, publishing, reports

router = APIRouter()


@router.get("/v1/contracts/{domain}/{name}/versions/{version}/findings")
def get_findings(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        report = reports.lint(context, asked.contract, asked.path["version"])
    if report is None:
        raise NotFound("not-linted", "This version was never linted.", "Publish it again as it is.")
    return answer(views.lint_report(report))


@router.get("/v1/contracts/{domain}/{name}/diff")
def compare_versions(asked: Asked) -> Response:
    report = publishing.compare(
        asked.registry, asked.actor, asked.contract, asked.query["base"], asked.query["revision"]
    )
    return answer(views.diff_report(report))


@router.post("/v1/contracts/{domain}/{name}/gate")
def ask_gate(asked: Asked, proposal: Proposed) -> Response:
    run = publishing.check(asked.registry, asked.actor, replace(proposal, source="check"))
    return answer(views.gate_run(run))


@router.get("/v1/gate-runs")
def list_gate_runs(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        found = gates.browse(context, **asked.query)
    return page(asked.request, found, views.gate_run_summary)


@router.get("/v1/gate-runs/{id}")
def get_gate_run(asked: Asked) -> Response:
    with asked.registry.unit.read(asked.actor) as context:
        return answer(views.gate_run(gates.get(context, int(asked.path["id"]))))
