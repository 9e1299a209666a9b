from __future__ import annotations

from contracts.references import from_files
from linters.lint import Finding, lint, load_ruleset

RULES = {"rules": {"example": {"given": "$", "message": "{{error}}", "then": {"function": "exampleValid"}}}}


def findings(**files: str) -> tuple[Finding, ...]:
    documents = from_files({f"{name}.yaml": text.encode() for name, text in files.items()}, "root.yaml")
    return lint(documents, load_ruleset(RULES))


def test_every_example_that_fails_is_told_and_not_only_the_first() -> None:
    found = findings(
        root="""
openapi: 3.1.1
paths:
  /a:
    get:
      parameters:
        - {name: a, in: query, schema: {type: integer}, examples: {x: {value: one}, y: {value: 2}, z: {value: three}}}
"""
    )
    assert [(finding.path[-2], finding.message) for finding in found] == [
        ("x", "In a request, the example should be of the type integer."),
        ("z", "In a request, the example should be of the type integer."),
    ]


def test_an_example_in_another_file_is_told_there() -> None:
    [finding] = findings(
        root="""
openapi: 3.0.3
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {$ref: 'other.yaml#/Order'}, examples: {x: {$ref: 'other.yaml#/x'}}}}}
""",
        other="""
Order: {type: object, required: [number]}
x:
  value: {}
""",
    )
    assert (finding.source, finding.path, finding.range.start.line) == ("other.yaml", ("x", "value"), 3)
    assert finding.message == 'In a request, the example lacks the property "number".'


def test_what_is_no_contract_has_no_examples() -> None:
    assert findings(root="just: data") == ()
