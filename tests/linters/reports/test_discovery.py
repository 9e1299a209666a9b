from __future__ import annotations

import pytest

from linters.reports import LintReport, available, render
from linters.reports.discovery import UnknownFormat

EXPECTED = ["github", "gitlab", "html", "json", "junit", "markdown", "sarif", "text"]


def test_every_format_is_found_and_says_what_it_is_for() -> None:
    assert list(available()) == EXPECTED
    assert all(purpose.startswith("For ") for purpose in available().values())


@pytest.mark.parametrize("name", EXPECTED)
def test_every_format_renders_a_full_and_an_empty_report(name: str, report: LintReport) -> None:
    assert render(name, report).endswith("\n")
    empty = render(name, LintReport((), ("clean.yaml",)))
    assert empty == "" or empty.endswith("\n")


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match="no format 'pdf'") as caught:
        render("pdf", LintReport((), ()))
    assert "sarif" in caught.value.advice
