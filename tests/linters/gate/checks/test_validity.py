from __future__ import annotations

from contracts.errors import ContractError
from linters.gate.checks import validity
from tests.linters.diff.building import http
from tests.linters.gate.building import weighed


def test_nobody_looked() -> None:
    assert validity.check(weighed(None, http(), problems=None)).outcome == "unchecked"


def test_valid_and_not() -> None:
    assert validity.check(weighed(None, http())).outcome == "pass"
    problem = ContractError("invalid", "info is missing.", "a.yaml", line=1)
    check = validity.check(weighed(None, http(), problems=(problem, problem)))
    assert check.outcome == "fail"
    assert check.details["problems"] == [
        {"code": "invalid", "message": "info is missing.", "source": "a.yaml", "line": 1, "pointer": None}
    ]


def test_a_reference_that_leads_nowhere_is_a_problem_of_its_own() -> None:
    broken = http(request={"$ref": "#/components/schemas/Gone"})
    assert validity.check(weighed(None, broken, problems=None)).outcome == "fail"
