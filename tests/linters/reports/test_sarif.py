from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.positions import Position, Range
from linters.lint import Finding
from linters.reports import Suppressed
from linters.reports.sarif import artifact, driver, location, log, region, result_of, suppressions, uri


def test_a_log_says_how_columns_are_counted_and_where_files_lie() -> None:
    (run,) = log({"results": []})["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    assert list(run["originalUriBaseIds"]) == [artifact("a.yaml")["uriBaseId"]]


def test_a_version_is_stated_where_it_is_known() -> None:
    assert driver("1.2.3", [])["semanticVersion"] == "1.2.3"
    assert "semanticVersion" not in driver("", [])


def test_a_region_that_ends_before_it_begins_is_empty() -> None:
    assert region(Range(Position(4, 2), Position(0, 0))) == {
        "startLine": 5, "startColumn": 3, "endLine": 5, "endColumn": 3,
    }  # fmt: skip


def test_the_root_has_no_logical_location(findings: tuple[Finding, ...]) -> None:
    assert "logicalLocations" not in location("a.yaml", findings[0].range, ())


def test_a_result_without_words_says_its_code(findings: tuple[Finding, ...]) -> None:
    assert result_of(replace(findings[0], message=""), "f")["message"] == {"text": "auth-stated"}


def test_suppressions_with_and_without_a_reason(findings: tuple[Finding, ...]) -> None:
    assert suppressions(None) == []
    assert suppressions(Suppressed(findings[0], "")) == [{"kind": "external", "status": "accepted"}]
    assert suppressions(Suppressed(findings[0], "Agreed."))[0]["justification"] == "Agreed."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://a.example/é b", "https://a.example/%C3%A9%20b"),
        ("https://a.example/\ud800", "https://a.example/?"),
    ],
)
def test_addresses_are_ascii(text: str, written: str) -> None:
    assert uri(text) == written
