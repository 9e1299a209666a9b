from linters.lint.errors import RuleFailed, RulesetError


def test_a_ruleset_error_says_where_in_the_ruleset() -> None:
    error = RulesetError.at(("rules", "a/b"), "invalid-severity", "No.", "base.yaml", "Mend it.")
    assert str(error) == "base.yaml: No. (at /rules/a~1b) Mend it."
    assert error.path == ("rules", "a/b")
    assert error.all == (error,)


def test_errors_compare_by_value() -> None:
    assert RuleFailed("rule-failed", "x", rule="r") == RuleFailed("rule-failed", "x", rule="r")
    assert RuleFailed("rule-failed", "x", rule="r") != RuleFailed("rule-failed", "x", rule="s")
