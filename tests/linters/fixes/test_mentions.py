"""Who mentions a place or a name."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Put
from linters.fixes.edits import CannotFix
from linters.fixes.mentions import Mentions

from .helpers import files


def test_references_through_a_place_follow_its_new_name_in_every_document() -> None:
    documents = files(
        a="x: {$ref: '#/components/schemas/old'}\ny: {$ref: 'b.yaml#/t/u~1v/w'}\ncomponents: {schemas: {old: {}}}\n",
        b="z: {$ref: 'a.yaml#/components/schemas/old/properties/q'}\nt: {u/v: {w: 1}}\n",
    )
    mentions = Mentions(documents.documents)
    assert sorted(mentions.renamed("a.yaml", ("components", "schemas", "old"), "New One")) == [
        ("a.yaml", Put(("x", "$ref"), "#/components/schemas/New%20One")),
        ("b.yaml", Put(("z", "$ref"), "a.yaml#/components/schemas/New%20One/properties/q")),
    ]
    assert list(mentions.renamed("b.yaml", ("t", "u/v"), "m~/n")) == [
        ("a.yaml", Put(("y", "$ref"), "b.yaml#/t/m~0~1n/w"))
    ]
    assert not list(mentions.renamed("a.yaml", ("components", "schemas", "ol"), "x"))


def test_what_is_too_deep_is_not_followed() -> None:
    with pytest.raises(CannotFix, match="deep"):
        list(Mentions(files(a="x: 1\n").documents).renamed("a.yaml", ("p",) * 20, "q"))


def test_prose_parameters_and_own_properties_do_not_count_as_mentions() -> None:
    text = """\
title: order_no
parameters: [{name: order_no}]
schemas:
  A: {properties: {order_no: {type: string}}, required: [order_no]}
"""
    assert Mentions(files(a=text).documents).is_said("order_no") == 0
    assert Mentions(files(a=text + "  B: {required: [order_no]}\n").documents).is_said("order_no") == 1
    assert Mentions(files(a=text + "  B: {example: {order_no: 1}}\n").documents).is_said("order_no") == 1
    assert Mentions(files(a=text + "  B: {propertyName: order_no}\n").documents).is_said("order_no") == 1


def test_variables_and_discriminators_are_seen() -> None:
    mentions = Mentions(
        files(a="paths: {'/a/{b}/{c}': {}}\ns: {discriminator: {propertyName: t}}\n").documents
    )
    assert mentions.variables == {"b", "c"}
    assert mentions.discriminates
    assert not Mentions(files(a="x: discriminator\n").documents).discriminates
