from __future__ import annotations

from dataclasses import replace

from contracts.positions import Position, Range
from linters.lint import Finding
from linters.reports.fingerprints import fingerprinted

ELSEWHERE = Range(Position(90, 0), Position(90, 1))


def marks(*findings: Finding) -> list[str]:
    return [mark for _, mark in fingerprinted(findings)]


def test_a_line_that_moves_keeps_its_fingerprint(findings: tuple[Finding, ...]) -> None:
    first = findings[0]
    assert marks(first) == marks(replace(first, range=ELSEWHERE))


def test_rule_file_place_and_message_each_make_another(findings: tuple[Finding, ...]) -> None:
    first = findings[0]
    others = [
        replace(first, code="x"),
        replace(first, source="x"),
        replace(first, path=("x",)),
        replace(first, message="x"),
    ]
    assert len({marks(finding)[0] for finding in (first, *others)}) == 5


def test_no_fingerprint_occurs_twice(findings: tuple[Finding, ...]) -> None:
    same = marks(findings[0], findings[0], findings[0])
    assert len(set(same)) == 3
    assert same == marks(findings[0], findings[0], findings[0])
