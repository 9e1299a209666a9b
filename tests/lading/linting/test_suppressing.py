from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import ContractError
from contracts.positions import NOWHERE, Position, Range
from lading.linting.suppressing import suppress, suppression_note, waivers_in
from lading.outcome import CouldNotTell
from linters.lint import Finding, Severity
from linters.reports import Suppressed
from linters.suppression import Ignore
from policies import rulesets

WAIVER = "- {rule: auth-stated, reason: r, owner: o, approver: b, until: 2030-01-31}\n"
FINDING = Finding("auth-stated", "m", (), Severity.ERROR, Range(Position(2, 4), Position(2, 9)), "a.yaml")


def test_waivers_of_several_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(WAIVER)
    assert len(waivers_in([tmp_path / "a", tmp_path / "b"])) == 2


def test_a_file_of_waivers_that_cannot_be_used_is_no_empty_one(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell):
        waivers_in([tmp_path / "absent.yaml"])
    (tmp_path / "broken.yaml").write_text("- {rule: auth-stated}\n")
    with pytest.raises(ContractError, match="no 'reason'"):
        waivers_in([tmp_path / "broken.yaml"])


def test_rules_of_ours_are_known_even_if_they_were_not_asked() -> None:
    rules = rulesets.load("lading:auth")
    entries = [
        Ignore(rule, "r", None, "a.yaml", (index,), NOWHERE)
        for index, rule in enumerate(["auth-stated", "version-semver", "nothing"])
    ]
    applied = suppress([FINDING], entries, rules, ["a.yaml"], today=date(2026, 1, 1))
    assert [one.finding.code for one in applied.suppressed] == ["auth-stated"]
    assert [(one.code, one.path) for one in applied.findings] == [("ignore-unknown-rule", (2,))]


def test_without_entries_nothing_changes() -> None:
    assert suppress([FINDING], [], rulesets.load("lading:auth"), [], today=date.min).findings == (FINDING,)


def test_a_line_about_what_does_not_count() -> None:
    assert suppression_note(Suppressed(FINDING, "Agreed.")) == "suppressed  a.yaml:3:5  auth-stated: Agreed."
