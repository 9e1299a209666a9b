"""Replays every rule's case file: what passes, and what fails at which lines and places.

A case file `<code>.yaml` holds documents as text under `pass` and `fail`. In those that fail, each line where
a finding is expected ends in `# <--` and the JSON Pointers of what is found there, `#` for the whole document.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from contracts.document import parse
from contracts.pointers import to_pointer
from contracts.references import from_files
from linters.fixes import Level, mend, recipes
from linters.lint import Finding, Ruleset, lint, load_ruleset
from policies import rulesets

FOLDER = Path(__file__).parent
MARK = re.compile(r"# <-- (.+)$")
SOURCE = "contract.yaml"
WHOLE = "#"


def cases(kind: str) -> list[tuple[str, str]]:
    return [
        (path.stem, text)
        for path in sorted(FOLDER.glob("*.yaml"))
        for text in parse(path.read_bytes(), path.name).value[kind]
    ]


def names(kind: str) -> list[str]:
    counts: dict[str, int] = {}
    return [f"{code}-{counts.setdefault(code, 0)}" for code, _ in cases(kind)]


@cache
def only(code: str) -> Ruleset:
    area = rulesets.rule(code).area
    definition = {"extends": [[f"lading:{area}", "off"]], "rules": {code: True}}
    return load_ruleset(definition, named=rulesets.definition)


def found(code: str, text: str) -> tuple[Finding, ...]:
    return lint(from_files({SOURCE: text.encode()}, SOURCE), only(code))


@pytest.mark.parametrize(("code", "text"), cases("pass"), ids=names("pass"))
def test_passes(code: str, text: str) -> None:
    assert found(code, text) == ()


@pytest.mark.parametrize(("code", "text"), cases("fail"), ids=names("fail"))
def test_fails_there_and_nowhere_else(code: str, text: str) -> None:
    expected = [
        (number, pointer)
        for number, line in enumerate(text.splitlines(), 1)
        if (mark := MARK.search(line))
        for pointer in mark[1].split()
    ]
    findings = found(code, text)
    assert expected, "a case that fails marks the lines where"
    assert [(f.range.start.line + 1, to_pointer(f.path) or WHOLE) for f in findings] == expected
    assert {finding.code for finding in findings} == {code}
    assert {finding.severity.label for finding in findings} == {rulesets.rule(code).severity}
    for finding in findings:
        assert "{{" not in finding.message or "{{" in text
        assert "undefined" not in finding.message


def test_every_rule_has_its_case_and_every_case_its_rule() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(rulesets.catalogue())


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_case_shows_what_passes_and_what_fails(path: Path) -> None:
    case = parse(path.read_bytes(), path.name).value
    assert set(case) == {"pass", "fail"}
    assert case["pass"]
    assert case["fail"]


MENDED = sorted(
    code
    for code in rulesets.catalogue()
    if any(recipe.level is not Level.DRAFT for recipe in recipes(only(code)).get(code, ()))
)


@pytest.mark.parametrize("code", MENDED)
def test_what_a_rule_says_of_mending_mends_some_of_what_fails(code: str) -> None:
    made = []
    for name, text in cases("fail"):
        if name == code:
            documents = from_files({SOURCE: text.encode()}, SOURCE)
            mended = mend(documents, only(code), [Level.SAFE, Level.SUGGESTED])
            made += mended.made
            assert len(mended.findings) == len(found(code, text)) - len(mended.made)
    assert made
