"""The whole check: sources, lines, pointers, bounds, and what it says it did not look at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import specs
from contracts.document import parse
from contracts.errors import UnknownSpecification
from contracts.references import DocumentSet, from_files, load
from contracts.validity import check, examine

OPENAPI = """\
openapi: 3.0.3
info:
  title: Orders
paths:
  /orders:
    get:
      responses:
        '200': { description: Good., contents: {} }
"""


def read(text: str) -> DocumentSet:
    return load(parse(text.encode(), "orders.yaml"))


FILES = {
    name + ending: specs.path(name).read_bytes()
    for name in specs.names()
    for ending in [".json" if name.endswith(".schema") else ".yaml"]
}


@pytest.mark.parametrize("name", [name for name in FILES if ".schema" not in name])
def test_the_contracts_we_ship_are_valid(name: str) -> None:
    documents = from_files(FILES, name)
    assert documents.problems == ()
    found = examine(documents)
    assert found.errors == ()
    assert len(found.unchecked) == (len(documents.documents) > 1)


def test_an_error_has_its_source_line_pointer_and_advice() -> None:
    first, second = check(read(OPENAPI))
    assert (first.source, first.line, first.pointer, first.code) == (
        "orders.yaml",
        2,
        "/info",
        "missing-field",
    )
    assert (second.line, second.pointer) == (8, "/paths/~1orders/get/responses/200/contents")
    assert all(error.advice for error in (first, second))


def test_rules_that_need_a_sound_structure_are_said_to_be_unchecked() -> None:
    (reason,) = examine(read(OPENAPI)).unchecked
    assert "while the structure is broken" in reason


def test_references_that_lead_nowhere_leave_the_rules_unchecked() -> None:
    text = OPENAPI.replace("title: Orders", "{ title: Orders, version: '1' }").replace("\n  {", " {")
    text = text.replace("{ description: Good., contents: {} }", "{ $ref: '#/components/responses/Good' }")
    found = examine(read(text))
    assert found.errors == ()
    assert "references lead nowhere" in found.unchecked[0]


def test_an_error_behind_a_reference_is_told_where_it_is_written() -> None:
    root = {
        "openapi": "3.0.0",
        "info": {"title": "a", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": {"$ref": "parts.yaml#/A"}}},
    }
    files = {
        "api.json": json.dumps(root).encode(),
        "parts.yaml": b"\nA:\n  type: integer\n  default: many\n",
    }
    found = examine(from_files(files, "api.json"))
    (error,) = found.errors
    assert (error.source, error.line, error.pointer) == ("parts.yaml", 4, "/A/default")
    assert "not checked" in found.unchecked[0]


def test_errors_are_bounded_and_sorted() -> None:
    wrong = "".join(f"  wrong{index}: 1\n" for index in range(200))
    errors = check(read(f"openapi: 3.0.3\ninfo:\n  title: a\n  version: '1'\n{wrong}paths: {{}}\n"))
    assert len(errors) == 50
    assert [error.line for error in errors] == sorted(error.line or 0 for error in errors)
    assert len(check(read(f"openapi: 3.0.3\ninfo:\n{wrong}paths: {{}}\n"), limit=3)) == 3


def test_events_are_checked_by_our_tables() -> None:
    text = "asyncapi: 3.0.0\ninfo: { title: a, version: '1' }\noperations:\n  send:\n    action: sends\n"
    errors = check(read(text))
    assert [(error.code, error.line) for error in errors] == [("missing-field", 4), ("wrong-value", 5)]


def test_workflows_are_checked_by_our_table() -> None:
    text = "arazzo: 1.0.0\ninfo: { title: a, version: '1' }\nsourceDescriptions:\n  - { name: a b, url: a }\n"
    found = examine(read(text))
    assert [(error.code, error.line) for error in found.errors] == [("missing-field", 1), ("wrong-format", 4)]
    assert found.unchecked == (
        "Whether the steps, inputs and operations that workflows name exist is not checked.",
    )


def test_other_documents_are_said_to_be_unchecked() -> None:
    found = examine(read("$schema: https://json-schema.org/draft/2020-12/schema\n"))
    assert found.errors == ()
    assert found.unchecked == ("JSON Schema 2020-12 documents are not checked for validity.",)
    with pytest.raises(UnknownSpecification):
        check(read("a: 1\n"))


@pytest.mark.corpus
@pytest.mark.slow
def test_every_document_of_the_corpus_gets_an_answer(corpus: Path) -> None:
    """The figures are those of the corpus as it is; a new openapi-spec-validator may move them."""
    answers = {}
    for file in sorted((corpus / "openapi").rglob("*")):
        if file.suffix in (".json", ".yaml", ".yml") and "INVALID" not in file.name:
            answers[file.name] = examine(load(parse(file.read_bytes(), file.name)))
    assert len(answers) > 80
    assert all(
        error.line and error.pointer is not None for found in answers.values() for error in found.errors
    )
    assert sum(not found.errors for found in answers.values()) > 60
    assert [error.pointer for error in answers["ups-track-alert@2024-09-06.yaml"].errors] == ["/info"]
