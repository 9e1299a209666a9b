from __future__ import annotations

from dataclasses import replace

import pytest

from linters.reports import LintReport, UnknownFormat, aliases, available, named, render

EXPECTED = [
    "codeclimate", "github", "gitlab", "html", "json", "json-report", "junit", "lines", "markdown", "sarif",
    "stylish", "teamcity", "text",
]  # fmt: skip
SPECTRAL = [
    "code-climate", "github-actions", "gitlab", "html", "json", "junit", "markdown", "pretty", "sarif", "stylish",
    "teamcity", "text",
]  # fmt: skip
"""The formats of Spectral's command line; scripts may go on asking for them."""


def test_every_format_is_found_and_says_what_it_is_for() -> None:
    assert list(available()) == EXPECTED
    assert all(purpose.startswith("For ") for purpose in available().values())


def test_what_spectral_calls_its_formats_is_understood() -> None:
    assert {named(name) for name in SPECTRAL} <= set(available())
    assert not set(aliases()) & set(available())
    assert render("pretty", LintReport((), ("a.yaml",))) == render("text", LintReport((), ("a.yaml",)))


@pytest.mark.parametrize("name", EXPECTED)
def test_whatever_a_document_says_every_format_can_be_written_as_utf_8(
    name: str, hostile: LintReport, full: LintReport
) -> None:
    assert render(name, full).encode()
    text = render(name, hostile)
    assert text.encode()
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\x00" not in text


@pytest.mark.parametrize("name", ["text", "lines", "stylish"])
def test_a_log_of_ci_takes_no_line_for_a_command(name: str, report: LintReport) -> None:
    evil = "::error file=x::y ##[add-path]z " * 3
    finding = replace(report.findings[0], message=evil, source=f"::debug::{evil}", code="::x")
    shown = render(name, replace(report, findings=(finding,), width=60, unread=()))
    assert not any(line.lstrip().startswith("::") for line in shown.splitlines())
    assert "##[" not in shown


@pytest.mark.parametrize("name", EXPECTED)
def test_every_format_renders_a_full_and_an_empty_report(name: str, report: LintReport) -> None:
    assert render(name, report).endswith("\n")
    empty = render(name, LintReport((), ("clean.yaml",)))
    assert empty == "" or empty.endswith("\n")


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UnknownFormat, match="no format 'pdf'") as caught:
        render("pdf", LintReport((), ()))
    assert "sarif" in caught.value.advice
    with pytest.raises(UnknownFormat) as caught:
        named("markdwon")
    assert caught.value.advice.startswith("Did you mean markdown?")
