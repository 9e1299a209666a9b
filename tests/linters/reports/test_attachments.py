from __future__ import annotations

from contracts.positions import Position, Range
from linters.lint import Finding
from linters.reports import Edit, Fix, Related, Suppressed

PLACE = Range(Position(3, 1), Position(3, 4))
AS_DICT = {"start": {"line": 3, "character": 1}, "end": {"line": 3, "character": 4}}


def test_a_fix_as_json() -> None:
    assert Fix("Write it", (Edit("a.yaml", PLACE, "b"),)).as_dict() == {
        "title": "Write it",
        "edits": [{"source": "a.yaml", "range": AS_DICT, "text": "b"}],
    }


def test_a_related_place_as_json_has_a_path_of_texts() -> None:
    assert Related("a.yaml", PLACE, ("tags", 0)).as_dict() == {
        "source": "a.yaml", "range": AS_DICT, "path": ["tags", "0"],
    }  # fmt: skip


def test_a_suppressed_finding_as_json_says_why(findings: tuple[Finding, ...]) -> None:
    written = Suppressed(findings[0], "Agreed in May.").as_dict()
    assert written["code"] == "auth-stated"
    assert written["suppressed"] == {"kind": "external", "reason": "Agreed in May."}
