from __future__ import annotations

import pytest

from contracts.errors import ContractError
from linters.diff.checks import catalogue
from linters.diff.overrides import Overrides, identifiers


def test_the_last_that_fits_counts() -> None:
    overrides = Overrides.read({"*-enum-value-added": "safe", "response-body-*": "breaking"})
    assert overrides.of("response-property-enum-value-added") == "safe"
    assert overrides.of("response-body-enum-value-added") == "breaking"
    assert overrides.of("endpoint-added") is None


def test_a_glob_makes_nothing_safe_that_could_not_be_compared() -> None:
    assert Overrides.read({"*": "safe"}).of("request-body-not-comparable") is None
    assert Overrides.read({"*": "breaking"}).of("request-body-not-comparable") == "breaking"
    by_name = Overrides.read({"request-body-not-comparable": "safe"})
    assert by_name.of("request-body-not-comparable") == "safe"


@pytest.mark.parametrize("pattern", ["request-property-max-sett", "respons-*", "", "{place}-max-set", "a b"])
def test_ids_that_no_check_has_are_refused(pattern: str) -> None:
    with pytest.raises(ContractError) as caught:
        Overrides.read({pattern: "safe"}, "mine.yaml")
    assert caught.value.advice


def test_a_suggestion_is_an_id() -> None:
    with pytest.raises(ContractError) as caught:
        Overrides.read({"request-property-max-sett": "safe"})
    assert "request-property-max-set?" in caught.value.advice


def test_ids_are_written_out() -> None:
    assert not [one for one in identifiers() if "{" in one]
    assert len(identifiers()) > len(catalogue())
