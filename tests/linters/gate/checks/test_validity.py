from __future__ import annotations

from contracts.errors import ContractError
from linters.gate.checks import validity
from tests.linters.diff.building import api, http
from tests.linters.gate.asking import request, weighed


def problem(number: int = 1) -> ContractError:
    return ContractError("schema", f"Problem {number}.", "orders.yaml", number, pointer="/paths")


def test_a_document_that_nobody_checked_is_unchecked() -> None:
    check = validity.check(weighed(request(http(), problems=None)))
    assert check.outcome == "unchecked"


def test_a_valid_document() -> None:
    assert validity.check(weighed(request(http(), problems=()))).outcome == "pass"


def test_a_problem_is_told_with_its_place() -> None:
    check = validity.check(weighed(request(http(), problems=(problem(7), problem(7)))))
    assert (check.outcome, check.reason) == ("fail", "The document has 1 problem: Problem 7.")
    (shown,) = check.details["problems"]
    assert (shown["code"], shown["source"], shown["line"], shown["pointer"]) == (
        "schema",
        "orders.yaml",
        7,
        "/paths",
    )


def test_a_reference_that_leads_nowhere_fails_even_if_nobody_checked() -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/a": {"$ref": "missing.yaml"}},
    }
    check = validity.check(weighed(request(api(document), problems=None)))
    assert check.outcome == "fail"
    assert "missing.yaml" in check.reason


def test_many_problems_are_counted_and_the_first_shown() -> None:
    check = validity.check(weighed(request(http(), problems=tuple(map(problem, range(30))))))
    assert check.reason == "The document has 30 problems: Problem 0."
    assert len(check.details["problems"]) == validity.SHOWN
