from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.document import parse
from contracts.errors import ContractError
from contracts.references import from_files
from linters.lint import Function, Problem, RuleFailed, Severity, lint, load_ruleset
from policies import rulesets

from .linting import document, places, run
from .random_rulesets import RULESETS, VALUES

FALSY = {"function": "falsy"}


def test_given_then_field_message_and_severity() -> None:
    rules = {
        "contact": {
            "given": "$.info",
            "severity": "error",
            "message": "{{property}} at {{path}}: {{error}}",
            "then": {"field": "contact.name", "function": "truthy"},
        }
    }
    (finding,) = run(rules, {"info": {"contact": {}}})
    assert finding.path == ("info", "contact")
    assert finding.message.startswith("contact.name at #/info/contact: ")
    assert finding.severity is Severity.ERROR
    assert (finding.range.start.character, finding.source) == (19, "doc.json")


def test_a_description_stands_in_for_the_message_as_it_is() -> None:
    (finding,) = run({"r": {"description": "Say {{x}}", "given": "$.a", "then": FALSY}}, {"a": 1})
    assert finding.message == "Say {{x}}"


def test_several_givens_and_thens() -> None:
    rules = {"r": {"given": ["$.a", "$.b"], "then": [FALSY, {"field": "x", "function": "truthy"}]}}
    assert places(run(rules, {"a": {"x": 0}, "b": {"x": 1}})) == ["r a", "r a/x", "r b"]


def test_findings_sit_where_the_cause_is_written() -> None:
    files = {"root.yaml": b"a:\n  $ref: sub/b.yaml#/t\n", "sub/b.yaml": b"t:\n  x: 1\n"}
    ruleset = load_ruleset({"rules": {"r": {"given": "$.a.x", "then": FALSY}}})
    (finding,) = lint(from_files(files, "root.yaml"), ruleset)
    assert (finding.source, finding.path, finding.range.start.line) == ("sub/b.yaml", ("t", "x"), 1)


def test_what_several_references_name_is_told_once() -> None:
    value = {"a": {"$ref": "#/d"}, "b": [{"$ref": "#/d"}], "d": {"x": 1}}
    assert places(run({"r": {"given": "$..x", "then": FALSY}}, value)) == ["r d/x"]
    assert places(run({"r": {"given": "$..x", "then": FALSY}}, value, source="")) == [
        "r a/x",
        "r b/0/x",
        "r d/x",
    ]


def test_unresolved_rules_see_the_reference() -> None:
    rules = {"r": {"given": "$..['$ref']", "resolved": False, "then": FALSY}}
    assert places(run(rules, {"a": {"$ref": "#/d"}, "d": {}})) == ["r a/$ref"]


def test_rules_for_other_formats_rest() -> None:
    rules = {
        "three": {"formats": ["oas3"], "given": "$", "then": FALSY},
        "two": {"formats": ["oas2"], "given": "$", "then": FALSY},
    }
    assert places(run(rules, {"openapi": "3.0.0"})) == ["three"]


def test_a_filter_that_fails_says_which_rule_and_where() -> None:
    with pytest.raises(RuleFailed) as error:
        run({"r": {"given": "$.a[?(@.x)]", "then": FALSY}}, {"a": [None]})
    assert (error.value.rule, error.value.pointer) == ("r", "/a/0")


def test_a_hostile_pattern_is_stopped_with_the_rules_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linters.lint.regular_expressions.TIMEOUT", 0.05)
    rules = {
        "r": {"given": "$.a", "then": {"function": "pattern", "functionOptions": {"match": "(.*?,){11,}P$"}}}
    }
    with pytest.raises(RuleFailed, match="rule r failed"):
        run(rules, {"a": ",".join("1" * 60)})


def test_functions_can_be_handed_in() -> None:
    def prepare(options: Any) -> Any:
        return lambda target, context: [Problem(f"{context.subject}{options['word']}", ("deep",))]

    shout = Function("shout", {"type": "object", "required": ["word"]}, prepare, required=True)
    rules = {"r": {"given": "$.a", "then": {"function": "shout", "functionOptions": {"word": "hey"}}}}
    ruleset = load_ruleset({"rules": rules, "functions": ["shout"]}, functions={"shout": shout})
    (finding,) = lint(document({"a": {"deep": 1}}), ruleset)
    assert (finding.path, finding.message) == (("a", "deep"), '"a" property hey')


def test_references_that_double_at_each_level_stay_cheap() -> None:
    doubling = {f"s{n}": {"l": {"$ref": f"#/d/s{n + 1}"}, "r": {"$ref": f"#/d/s{n + 1}"}} for n in range(40)}
    value = {"d": {**doubling, "s40": {"x": 1}}}
    assert places(run({"r": {"given": "$..x", "then": FALSY}}, value)) == ["r d/s40/x"]


def test_a_document_that_is_one_scalar() -> None:
    assert places(run({"r": {"given": "$", "then": FALSY}}, "text")) == ["r"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("abc$~/", max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "$ref", "enum", "x~1"]), inner, max_size=4)
    ),
    max_leaves=12,
)
GIVEN = st.sampled_from(
    ["$", "$..*", "$..a", "$.a[*]", "$..[?(@ && @.enum)]", "$..*~", "$..b^", "$..[?(@property === 'a')]"]
)
FUNCTIONS = st.sampled_from(["truthy", "falsy", "defined", "undefined", "typedEnum", "alphabetical"])


@settings(max_examples=150)
@given(
    JSON,
    st.lists(st.tuples(GIVEN, FUNCTIONS, st.sampled_from([None, "a", "@key", "$..b"])), max_size=4),
    st.sampled_from(["", "x.json"]),
)
def test_any_document_is_linted_and_findings_are_in_order(value: Any, rules: list[Any], source: str) -> None:
    definition = {
        f"r{number}": {"given": path, "then": {"function": name, **({"field": field} if field else {})}}
        for number, (path, name, field) in enumerate(rules)
    }
    try:
        findings = lint(document(value, source), load_ruleset({"rules": definition}))
    except ContractError:
        return  # a limit of the reader
    assert len({json.dumps(finding.as_dict()) for finding in findings}) == len(findings)
    assert [f.range.start for f in findings] == sorted(f.range.start for f in findings)


DANGLING = {
    "a": {"$ref": "#/nowhere"},
    "b": {"x": {"$ref": "#/c"}},
    "c": {"$ref": "gone.json", "k": {"$ref": "#/d"}},
    "d": {},
}


@pytest.mark.parametrize(
    "rule",
    [
        {"given": "$.a", "then": {"field": "x", "function": "truthy"}},
        {"given": "$", "then": {"field": "a.x", "function": "truthy"}},
        {"given": "$.b", "then": {"field": "x.y", "function": "defined"}},
        {"given": "$.b.x", "then": {"function": "falsy"}},
        {"given": "$.c", "then": {"function": "schema", "functionOptions": {"schema": {"required": ["x"]}}}},
        {
            "given": "$",
            "then": {
                "function": "schema",
                "functionOptions": {"schema": {"properties": {"a": {"required": ["x"]}}}},
            },
        },
    ],
)
def test_what_lies_behind_a_broken_reference_is_not_complained_about(rule: dict[str, Any]) -> None:
    found = {finding.code for finding in run({"r": rule}, DANGLING)}
    assert found == {"invalid-ref"}
    whole = {"a": {}, "b": {"x": {"z": 1}}, "c": {}}
    assert {finding.code for finding in run({"r": rule}, whole)} == {"r"}, "the rule itself finds something"


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (
            {
                "given": "$",
                "then": {"field": "@key", "function": "pattern", "functionOptions": {"match": "[^a]"}},
            },
            "r a",
        ),
        ({"given": "$", "then": {"field": "x", "function": "truthy"}}, "r"),
        ({"given": "$.a.$ref", "then": {"function": "falsy"}}, "r a/$ref"),
        ({"given": "$.a", "resolved": False, "then": {"function": "falsy"}}, "r a"),
    ],
)
def test_what_is_written_beside_a_broken_reference_is(rule: dict[str, Any], place: str) -> None:
    assert place in places(run({"r": rule}, DANGLING))


@pytest.mark.parametrize("name", ["orders.openapi.yaml", "shipment-milestones.asyncapi.yaml"])
def test_one_broken_reference_is_one_finding(name: str, root: Path) -> None:
    text = (root / "specs" / name).read_text()
    rules = rulesets.load("lading:recommended")
    before = {(one.code, one.path) for one in lint(parse(text.encode(), "api.yaml"), rules)}
    for reference in sorted(set(re.findall(r"#/components/\w+/\w+", text))):
        broken = text.replace(f"'{reference}'", "'#/nowhere'", 1).encode()
        found = {(one.code, one.path) for one in lint(parse(broken, "api.yaml"), rules)} - before
        assert {code for code, _ in found} == {"invalid-ref"}, reference


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(RULESETS, VALUES, st.sampled_from(["doc.json", ""]))
def test_any_ruleset_on_any_document_gives_findings_or_a_reason(
    definition: dict[str, Any], value: Any, source: str
) -> None:
    try:
        found = lint(document(value, source), load_ruleset(definition))
    except ContractError:
        return  # what is wrong, and where
    assert len(set(found)) == len(found)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(RULESETS, VALUES)
def test_yaml_and_json_of_one_value_are_judged_alike(definition: dict[str, Any], value: Any) -> None:
    try:
        ruleset = load_ruleset(definition)
        judged = [
            [(finding.code, finding.path, finding.message) for finding in lint(parse(text, "doc"), ruleset)]
            for text in (json.dumps(value).encode(), yaml.safe_dump(value, sort_keys=False).encode())
        ]
    except ContractError:
        return
    assert sorted(judged[0], key=repr) == sorted(judged[1], key=repr)
