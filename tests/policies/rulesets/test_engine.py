from __future__ import annotations

from datetime import date
from itertools import product

from contracts.document import parse
from contracts.references import load
from linters.lint import lint
from linters.lint.findings import in_order
from linters.suppression import apply, read_ignores
from policies import rulesets
from policies.rulesets import documented, engine_rules

BROKEN = """\
openapi: 3.1.1
info: {title: x, version: 1.0.0, x-lading-ignore: auth-stated}
paths:
  /a: {$ref: '#/nowhere'}
  /a: {x-lading-ignore: [
    {rule: auth-no-basic, reason: r}, {rule: no-such-rule, reason: r},
    {rule: auth-stated, reason: r, until: '2020-01-01'}]}
  /b: {$ref: '#/nowhere'}
"""


def codes(text: str) -> set[str]:
    documents = load(parse(text.encode(), "a.yaml", tolerant=True))
    rules = rulesets.load("lading:recommended")
    entries, malformed = read_ignores(documents)
    found = in_order((*lint(documents, rules), *malformed))
    ran = [rule.name for rule in rules.running]
    applied = apply(found, entries, today=date(2026, 1, 1), ran=ran, known=ran, files=["a.yaml"])
    return {finding.code for finding in applied.findings} - {*documented()}


def test_all_that_is_found_without_a_rule_is_documented() -> None:
    found = codes(BROKEN) | codes("arazo: 1.0.0\n")
    assert found <= set(engine_rules())
    exceptions = {f"{word}-{what}" for word, what in product(("ignore", "waiver"),
                                                            ("unknown-rule", "expired", "unused"))}  # fmt: skip
    assert set(engine_rules()) == {
        "parser",
        "invalid-ref",
        "unrecognized-format",
        "ignore-malformed",
        *exceptions,
    }
    assert found >= set(engine_rules()) - {f"waiver-{what}" for what in ("unknown-rule", "expired", "unused")}


def test_none_of_it_has_the_name_of_a_rule() -> None:
    assert not set(engine_rules()) & set(documented())


def test_each_teaches() -> None:
    for rule in engine_rules().values():
        assert rule.description.endswith(".")
        assert len(rule.why) > 50
        assert rule.source == "" or rule.source.startswith("https://")
