from __future__ import annotations

import json
from dataclasses import replace

from linters.reports import LintReport, render


def test_every_member_that_gitlab_needs(report: LintReport) -> None:
    entries = json.loads(render("gitlab", report))
    assert entries[0] == {
        "description": "GET /orders states no `security`.",
        "check_name": "auth-stated",
        "fingerprint": entries[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "orders.yaml", "lines": {"begin": 6, "end": 7}},
    }
    assert [entry["severity"] for entry in entries] == ["critical", "major", "minor", "info", "blocker"]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


def test_paths_are_relative_to_the_repository(report: LintReport) -> None:
    dotted = LintReport((replace(report.findings[0], source="./api/orders.yaml"),), ())
    assert json.loads(render("gitlab", dotted))[0]["location"]["path"] == "api/orders.yaml"


def test_what_was_not_judged_is_a_blocker_with_its_line(report: LintReport) -> None:
    last = json.loads(render("gitlab", report))[-1]
    assert last["location"] == {"path": "broken.yaml", "lines": {"begin": 3, "end": 3}}
    assert last["description"] == "The bracket is never closed. Close it."
