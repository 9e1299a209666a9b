from __future__ import annotations

from linters.lint import Finding
from linters.reports.workflow import annotation, command


def test_columns_are_for_places_on_one_line(findings: tuple[Finding, ...]) -> None:
    assert "col=" not in annotation(findings[0])
    assert "col=20" in annotation(findings[1])
    assert "endColumn=31" in annotation(findings[1])


def test_properties_and_text_have_escapes_of_their_own() -> None:
    assert command("error", {"file": "a,b:c%", "title": ""}, "a,b:c%\n\x1b") == (
        "::error file=a%2Cb%3Ac%25::a,b:c%25%0A "
    )
