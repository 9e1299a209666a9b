from __future__ import annotations

import pytest

from contracts.document import parse
from contracts.pointers import Path
from contracts.positions import NOWHERE
from contracts.references import load
from linters.lint import Finding, Severity, lint, load_ruleset
from linters.reports import references_to

ROOT = """\
paths:
  /orders:
    $ref: orders.yaml
  /tours:
    get:
      tags: [{$ref: '#/components/tag'}]
components:
  tag: {name: x}
"""
ORDERS = "get: {operationId: List}\n"
RULES = {
    "rules": {
        "id": {"given": "$.paths.*.*.operationId", "then": {"function": "falsy"}},
        "tag": {"given": "$.paths.*.*.tags[*].name", "then": {"function": "falsy"}},
        "whole-tag": {"given": "$.paths.*.*.tags[*]", "then": {"field": "title", "function": "truthy"}},
        "direct": {"given": "$.paths", "then": {"field": "x", "function": "truthy"}},
    }
}


def test_the_first_reference_on_the_way_with_its_place() -> None:
    root = parse(ROOT.encode(), "root.yaml")
    documents = load(root, lambda name: ORDERS.encode())
    findings = {finding.code: finding for finding in lint(documents, load_ruleset(RULES))}
    related = references_to(findings.values(), documents.root)
    places = {code: related[one] for code, one in findings.items() if one in related}
    assert {code: (place.path, place.range.start.line) for code, place in places.items()} == {
        "id": (("paths", "/orders", "$ref"), 2),
        "tag": (("paths", "/tours", "get", "tags", 0, "$ref"), 5),
        "whole-tag": (("paths", "/tours", "get", "tags", 0, "$ref"), 5),
    }
    assert findings["id"].source == "orders.yaml"
    assert findings["direct"].reached is None


@pytest.mark.parametrize("reached", [("paths", "/none", "get"), ("paths", "/tours", "get", "tags", 7), ()])
def test_a_way_without_a_reference_leads_to_none(reached: Path) -> None:
    finding = Finding("a", "b", (), Severity.WARN, NOWHERE, "root.yaml", reached=reached)
    assert references_to([finding], parse(ROOT.encode(), "root.yaml")) == {}
