from contracts.document import parse
from linters.lint import Severity, lint, load_ruleset

from .linting import places, run

RULES = {"r": {"given": "$.nothing", "then": {"function": "truthy"}}}


def test_broken_references_are_told_once_each() -> None:
    value = {"a": {"$ref": "#/nope"}, "b": {"$ref": "#/nope"}, "c": {"$ref": "#/other"}}
    findings = run(RULES, value)
    assert places(findings) == ["invalid-ref a/$ref", "invalid-ref c/$ref"]
    assert "nope" in findings[0].message


def test_what_the_reader_noticed_is_told_with_the_rulesets_severity() -> None:
    document = parse(b"a: 1\na: 2\n200: x\n", "x.yaml", tolerant=True)
    assert [f.severity for f in lint(document, load_ruleset({"rules": {}}))] == [Severity.ERROR] * 2
    options = {"duplicateKeys": "hint", "incompatibleValues": "off"}
    assert [f.severity for f in lint(document, load_ruleset({"rules": {}, "parserOptions": options}))] == [
        Severity.HINT
    ]


def test_rules_run_on_what_could_be_read() -> None:
    document = parse(b"a: 1\nb: [1,\n", "x.yaml", tolerant=True)
    ruleset = load_ruleset({"rules": {"r": {"given": "$.a", "then": {"function": "falsy"}}}})
    assert {f.code for f in lint(document, ruleset)} == {"parser", "r"}


def test_a_document_of_no_known_format() -> None:
    rules = {"r": {"given": "$.a", "then": {"function": "falsy"}}}
    assert places(run(rules, {"a": 1}, formats=["oas3"])) == ["unrecognized-format"]
    ruleset = load_ruleset({"rules": rules, "formats": ["oas3"]})
    assert lint(parse(b'{"a":1}'), ruleset, ignore_unknown_format=True) == ()
