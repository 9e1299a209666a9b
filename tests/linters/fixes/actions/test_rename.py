"""`rename`: a key and what refers to it."""

from __future__ import annotations

import pytest

from linters.fixes.action import Surroundings
from linters.fixes.actions import find
from linters.fixes.changes import Put, Rename
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, finding, planned

SCHEMAS = ("components", "schemas")


def test_references_and_required_follow() -> None:
    documents = files(
        a="""\
components:
  schemas:
    order: {properties: {line_no: {type: string}}, required: [id, line_no]}
    list: {items: {$ref: '#/components/schemas/order'}}
"""
    )
    assert changes(planned("rename", documents, (*SCHEMAS, "order"), casing="pascal")) == [
        Rename((*SCHEMAS, "order"), "Order"),
        Put((*SCHEMAS, "list", "items", "$ref"), "#/components/schemas/Order"),
    ]
    path = (*SCHEMAS, "order", "properties", "line_no")
    assert changes(planned("rename", documents, path, casing="camel")) == [
        Rename(path, "lineNo"),
        Put((*SCHEMAS, "order", "required", 1), "lineNo"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("definitions: {a_b: {}, AB: {}}\n", "taken"),
        ("definitions: {a_b: {}, c: {discriminator: {propertyName: x}}}\n", "discriminator"),
        ("definitions: {a_b: {}, c: {enum: [a_b]}}\n", "elsewhere"),
        ("definitions: {a_b: true}\n", "no object"),
    ],
)
def test_a_name_that_may_mean_more_stays(text: str, why: str) -> None:
    with pytest.raises(CannotFix, match=why):
        planned("rename", files(a=text), ("definitions", "a_b"), casing="pascal")


def test_an_item_has_no_name() -> None:
    with pytest.raises(CannotFix, match="no name"):
        planned("rename", files(a="a: [x]\n"), ("a", 0), casing="pascal")


def test_what_another_contract_refers_to_stays() -> None:
    ours = files(a="definitions: {a_b: {}}\n")
    theirs = files(c="x: {$ref: 'a.yaml#/definitions/a_b'}\n")
    around = Surroundings(ours, [ours, theirs])
    with pytest.raises(CannotFix, match="another contract"):
        list(find("rename").plan(finding("definitions", "a_b"), around, {"casing": "pascal"}))
