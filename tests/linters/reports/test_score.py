from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.positions import NOWHERE
from linters.lint import Finding, Severity
from linters.reports.score import Score, operations_in, score

AREA_OF = {"a1": "auth", "a2": "auth", "n1": "naming"}


def found(*codes: str, severity: Severity = Severity.WARN) -> list[Finding]:
    return [Finding(code, "m", (index,), severity, NOWHERE) for index, code in enumerate(codes)]


def points(findings: list[Finding], operations: int = 10) -> Score:
    return score(
        findings,
        area_of=AREA_OF,
        asked={"auth", "naming"},
        areas=("auth", "naming", "money"),
        operations=operations,
    )


def test_only_what_was_asked_about_has_a_score() -> None:
    assert points([]).as_dict() == {
        "total": 100,
        "areas": {"auth": 100, "document": 100, "money": None, "naming": 100},
    }


def test_where_nothing_was_judged_nothing_is_known() -> None:
    none = points([], operations=0)
    assert (none.total, set(none.areas.values())) == (None, {None})
    assert none.told == "score  unknown: nothing was judged"


@pytest.mark.parametrize(
    ("severity", "auth"),
    [(Severity.ERROR, 76), (Severity.WARN, 90), (Severity.INFO, 97), (Severity.HINT, 99)],
)
def test_findings_weigh_by_severity(severity: Severity, auth: int) -> None:
    assert points(found("a1", severity=severity)).areas["auth"] == auth


def test_a_finding_of_no_area_is_about_the_document() -> None:
    assert points(found("parser")).areas["document"] == 90


def test_the_total_is_the_mean_of_what_is_known_and_100_is_for_clean_ones() -> None:
    assert points(found("a1")).total == 96
    assert points(found("a1", severity=Severity.HINT), operations=100_000).total == 99


def test_twice_the_contract_with_twice_the_findings_has_the_same_score() -> None:
    assert points(found(*["a1"] * 3), 10) == points(found(*["a1"] * 6), 20)


def test_what_is_told_once_of_many_weighs_for_each() -> None:
    (together,) = found("a1")
    assert points([replace(together, stands_for=10)]) == points(found(*["a1"] * 10))


FINDINGS = st.lists(
    st.builds(
        lambda code, severity: Finding(code, "m", (), severity, NOWHERE),
        st.sampled_from([*AREA_OF, "parser"]),
        st.sampled_from(Severity),
    ),
    min_size=1,
    max_size=30,
)


@given(FINDINGS, st.integers(1, 500))
def test_mending_a_finding_never_lowers_anything(findings: list[Finding], operations: int) -> None:
    before, after = points(findings, operations), points(findings[1:], operations)
    assert after.total is not None
    assert before.total is not None
    assert after.total >= before.total
    assert all((after.areas[area] or 0) >= (value or 0) for area, value in before.areas.items())
    assert before.total < 100


def test_a_line_for_people() -> None:
    told = points(found("a1")).told
    assert told == "score  96 of 100 (auth 90, document 100, naming 100; not asked about: money)"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ({"paths": {"/a": {"get": {}, "post": {}, "parameters": []}, "/b": {"$ref": "b.yaml"}}}, 3),
        ({"paths": {}, "webhooks": {"w": {"post": {}}}}, 1),
        ({"channels": {"a": {}, "b": {}}}, 2),
        ({"paths": []}, 1),
        ({}, 1),
        (None, 1),
    ],
)
def test_how_large_a_contract_is(value: Any, number: int) -> None:
    assert operations_in(value) == number
