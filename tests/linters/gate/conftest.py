from __future__ import annotations

import pytest

from linters.diff import compare
from linters.gate import Check, GateResult
from linters.lint import Severity
from tests.linters.diff.building import http

from .asking import BARE, REQUIRED_SKU, finding, result


@pytest.fixture
def refused() -> GateResult:
    """A refusal with everything that a report must cope with."""
    return result(
        "fail",
        Check("validity", "pass", "The document is valid."),
        Check("lint", "fail", "1 finding fails: a|b <i>\x1b[31m."),
        Check("version", "unchecked", "No numbers."),
        Check("impact", "fail", "It breaks 1 consumer: wms.", False),
        findings=(finding(message="Use <b> | not this."), finding("taste", Severity.HINT)),
        comparison=compare(http(response=REQUIRED_SKU), http(response=BARE, version="1.1.0")),
        suggested_version="2.0.0",
    )


@pytest.fixture
def passed() -> GateResult:
    return result("pass", Check("lint", "pass", "Nothing was found."), suggested_version="1.0.1")
