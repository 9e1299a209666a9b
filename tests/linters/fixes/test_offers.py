"""Which fixes there are for findings."""

from __future__ import annotations

from contracts.document import parse
from contracts.references.loading import load
from linters.fixes import Level, fixes_of
from linters.lint import lint

from .helpers import files, ruleset

FIX = [
    {"do": "rename", "title": "In camelCase", "with": {"casing": "camel"}},
    {"do": "remove", "title": "Remove it", "level": "safe"},
]
RULES = ruleset(FIX, "$.m", {"field": "@key", "function": "pattern", "functionOptions": {"notMatch": "_"}})


def titles(text: str, **more: int) -> list[list[str]]:
    documents = files(a=text)
    found = fixes_of(documents, RULES, lint(documents, RULES), **more)
    return [[fix.title for fix in fixes] for fixes in found.values()]


def test_each_way_that_the_document_allows_is_offered_in_order() -> None:
    assert titles("m: {a_b: {}, c: {}}\n") == [["In camelCase", "Remove it"]]
    assert titles("m: {a_b: {}, aB: {}}\n") == [["Remove it"]]


def test_what_would_change_more_is_not_offered() -> None:
    assert titles("m: &x {a_b: {}, c: 1}\nn: *x\n") == []


def test_a_document_that_cannot_be_trusted_gets_no_fixes() -> None:

    documents = load(parse(b"m: {a_b: {}}\nx: 1\nx: 2\n", "a.yaml", tolerant=True))
    assert not fixes_of(documents, RULES, lint(documents, RULES))


def test_what_cannot_be_tried_within_the_budget_is_left_out() -> None:
    text = "m: {a_b: {}, c_d: {}}\n"
    assert titles(text, budget=len(text) - 1) == []
    assert titles(text, budget=3 * len(text)) == [["In camelCase", "Remove it"]] * 2


def test_one_that_fails_does_not_take_the_others_along() -> None:
    assert titles("m: {a_b: &x {}, c_d: {}}\nn: *x\n") == [["In camelCase"], ["In camelCase", "Remove it"]]


def test_a_key_that_is_no_text_gets_its_quotes() -> None:
    documents = files(a="m:\n  200: {}\n")
    findings = [finding for finding in lint(documents, RULES) if finding.code == "parser"]
    [[fix]] = fixes_of(documents, RULES, findings).values()
    assert fix.level is Level.SAFE
    assert [edit.text for edit in fix.edits["a.yaml"]] == ["'", "'"]
