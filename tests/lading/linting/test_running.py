from __future__ import annotations

from pathlib import Path

import pytest

from lading.linting.running import Run
from lading.outcome import CouldNotTell
from linters.fixes import Level
from linters.lint import Severity

CONTRACT = """\
openapi: 3.1.1
info: {title: Orders, version: v1}
paths:
  /orders: {$ref: './orders.yaml'}
"""
RULES = """\
rules:
  camel:
    given: $.paths.*.get.operationId
    then: {function: casing, functionOptions: {type: camel}}
"""
ORDERS = "get: {operationId: List, responses: {}}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api.yaml").write_text(CONTRACT)
    (tmp_path / "orders.yaml").write_text(ORDERS)
    (tmp_path / "rules.yaml").write_text(RULES)
    (tmp_path / "broken.yaml").write_text("openapi: [\n")
    return tmp_path


def test_the_report_has_all_that_a_run_knows() -> None:
    run = Run(files=("*i.yaml", "broken.yaml", "none*"), ruleset="rules.yaml", per_rule=7, width=72)
    report = run.outcome().report
    assert report.files == ("api.yaml",)
    assert [error.source for error in report.unread] == ["", "broken.yaml"]
    assert (report.ruleset, report.per_rule, report.width) == ("rules.yaml", 7, 72)
    assert {"camel", "invalid-ref"} <= set(report.help)
    assert report.line("orders.yaml", 0) == ORDERS.strip()
    assert report.fail_severity is Severity.ERROR


def test_a_finding_in_another_file_knows_the_reference_that_led_there() -> None:
    report = Run(files=("api.yaml",), ruleset="rules.yaml").outcome().report
    elsewhere = [finding for finding in report.findings if finding.source == "orders.yaml"]
    assert elsewhere
    for finding in elsewhere:
        assert report.related[finding].source == "api.yaml"
        assert report.related[finding].range.start.line == 3


def test_without_a_ruleset_nothing_begins() -> None:
    with pytest.raises(CouldNotTell, match=r"no ruleset none\.yaml"):
        Run(files=("api.yaml",), ruleset="none.yaml").outcome()


def test_what_fixes_would_write_is_known_before_it_is_written(here: Path) -> None:
    mending = Run(files=("api.yaml",), ruleset="lading:all").mending([Level.SAFE])
    assert (here / "api.yaml").read_text() == CONTRACT
    assert set(mending.files) <= {Path("api.yaml"), here / "api.yaml"}
