from __future__ import annotations

from linters.lint.rulesets.renamed import RENAMED, current_name

KNOWN = {"operation-success-response", "operation-tags"}


def test_a_rule_that_is_only_switched_is_found_by_its_older_name() -> None:
    assert current_name("operation-2xx-response", "error", KNOWN) == "operation-success-response"


def test_other_names_stay_as_they_are() -> None:
    assert current_name("operation-tags", "off", KNOWN) == "operation-tags"
    assert current_name("operation-2xx-response", {"given": "$"}, KNOWN) == "operation-2xx-response"
    assert (
        current_name("oas3-valid-header-schema-example", "off", KNOWN) == "oas3-valid-header-schema-example"
    )


def test_no_old_name_is_a_name_of_today() -> None:
    assert not set(RENAMED) & set(RENAMED.values())
