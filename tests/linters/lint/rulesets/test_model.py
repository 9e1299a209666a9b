from linters.lint import Severity
from linters.lint.rulesets.model import Rule, Ruleset


def test_a_rule_runs_if_it_is_enabled_and_has_a_severity() -> None:
    rules = [
        Rule("a", Severity.WARN, True, (), ()),
        Rule("b", None, True, (), ()),
        Rule("c", Severity.WARN, False, (), ()),
    ]
    ruleset = Ruleset({rule.name: rule for rule in rules}, frozenset(), {})
    assert [rule.name for rule in ruleset.running] == ["a"]
