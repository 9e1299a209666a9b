from __future__ import annotations

import re
from dataclasses import replace

from linters.reports import LintReport, render

MESSAGE = re.compile(r"##teamcity\[(\w+)((?: \w+='(?:[^'|\[\]\n\r]|\|['n r|\[\]]|\|0x[0-9A-F]{4})*')+)\]")
"""A service message: in values, `|` escapes, and the characters with a meaning do not occur bare."""


def test_a_type_a_rule_and_an_inspection_a_finding(report: LintReport) -> None:
    lines = render("teamcity", report).splitlines()
    assert [MESSAGE.fullmatch(line)[1] for line in lines] == ["inspectionType"] * 5 + ["inspection"] * 5  # type: ignore[index]
    assert lines[0] == (
        "##teamcity[inspectionType id='auth-stated' name='auth-stated' category='auth' "
        "description='Every operation says who may call it.']"
    )
    assert lines[5] == (
        "##teamcity[inspection typeId='auth-stated' message='GET /orders states no `security`.' "
        "file='orders.yaml' line='6' SEVERITY='ERROR']"
    )
    assert "SEVERITY='WEAK WARNING'" in lines[7]
    assert "file='broken.yaml' line='3' SEVERITY='ERROR'" in lines[-1]


def test_characters_are_escaped_by_the_rules_of_service_messages(hostile: LintReport) -> None:
    lines = render("teamcity", hostile).splitlines()
    assert len(lines) == 3
    assert all(MESSAGE.fullmatch(line) for line in lines)
    assert "|0x001B" in lines[0]
    assert "|r|n::error::pwned|n##teamcity|[x|]" in lines[0]


def test_a_character_beyond_four_digits_is_a_pair(report: LintReport) -> None:
    odd = LintReport((replace(report.findings[0], message="😀é"),), ())
    assert "message='|0xD83D|0xDE00|0x00E9'" in render("teamcity", odd)
