"""Schemas with what their references bring in."""

from __future__ import annotations

import pytest

from contracts.model import Origin
from contracts.references import Located, from_files
from portal.reading.merging import BRANCHES, merge

DOCUMENT = b"""
a:
  description: of the use
  $ref: '#/b'
b:
  description: of the definition
  required: [x]
  allOf:
    - $ref: '#/c'
    - {properties: {z: {type: string}}, required: [z]}
  oneOf: [{type: object}, {type: string}]
c: {properties: {x: {type: integer}, y: {}}, allOf: [{$ref: '#/b'}]}
gone: {$ref: '#/nowhere'}
never: {$ref: '#/no'}
no: false
"""
DOCUMENTS = from_files({"a.yaml": DOCUMENT}, "a.yaml")


def located(name: str) -> Located:
    return DOCUMENTS.top.child(name)


def test_properties_of_all_branches_are_one_list_even_in_a_circle() -> None:
    merged = merge(DOCUMENTS, located("a"))
    assert list(merged.properties) == ["x", "y", "z"]
    assert merged.required == {"x", "z"}
    assert [word for word, _ in merged.variants] == ["one of", "one of"]


def test_the_words_beside_a_reference_win_and_its_definition_gives_the_name() -> None:
    merged = merge(DOCUMENTS, located("a"))
    assert merged.keywords["description"] == "of the use"
    assert merged.name == "b"
    assert merged.origin == Origin("a.yaml", ("b",))


def test_what_leads_nowhere_is_told_and_what_is_never_is_never() -> None:
    assert "nowhere" in merge(DOCUMENTS, located("gone")).problem
    assert merge(DOCUMENTS, located("never")).never


def test_very_many_branches_are_bounded() -> None:
    many = "a: {allOf: [" + ",".join(f"{{properties: {{p{i}: {{}}}}}}" for i in range(BRANCHES * 2)) + "]}"
    documents = from_files({"m.yaml": many.encode()}, "m.yaml")
    merged = merge(documents, documents.top.child("a"))
    assert len(merged.properties) < BRANCHES
    assert merged.problem


@pytest.mark.parametrize(
    "text",
    [
        "a: {allOf: [{$ref: '#/a'}]}",
        "a: {$ref: '#/b'}\nb: {allOf: [{$ref: '#/a'}], properties: {x: {}}}",
        "a: {$ref: '#/a'}",
    ],
)
def test_what_brings_in_itself_is_taken_once(text: str) -> None:
    documents = from_files({"m.yaml": text.encode()}, "m.yaml")
    merged = merge(documents, documents.top.child("a"))
    assert len(merged.places) <= 2


def test_branches_keep_to_the_first_that_speaks_and_need_what_any_needs() -> None:
    text = "a: {allOf: [{type: string, required: [x]}, {type: integer, maxLength: 3, required: [y, 1]}]}"
    documents = from_files({"m.yaml": text.encode()}, "m.yaml")
    merged = merge(documents, documents.top.child("a"))
    assert merged.keywords == {"type": "string", "maxLength": 3}
    assert merged.required == {"x", "y"}


def test_a_reference_into_another_file_is_followed_from_there() -> None:
    files = {
        "m.yaml": b"a: {$ref: 'parts/n.yaml#/b'}",
        "parts/n.yaml": b"b: {properties: {c: {$ref: '#/d'}}}\nd: {type: integer}",
    }
    documents = from_files(files, "m.yaml")
    merged = merge(documents, documents.top.child("a"))
    assert merged.origin == Origin("parts/n.yaml", ("b",))
    assert merge(documents, merged.properties["c"]).keywords == {"type": "integer"}


def test_keywords_of_the_wrong_kind_bring_nothing() -> None:
    documents = from_files(
        {"m.yaml": b"a: {properties: 1, required: x, allOf: {}, oneOf: null, patternProperties: []}"},
        "m.yaml",
    )
    merged = merge(documents, documents.top.child("a"))
    assert not (merged.properties or merged.required or merged.variants or merged.patterns or merged.problem)
