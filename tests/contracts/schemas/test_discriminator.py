"""Discriminators narrow, and never widen."""

from typing import Any

import pytest

from contracts.schemas.discriminator import Discriminators, as_reference, narrowing, property_name
from tests.contracts.made import accepts, translate

ONE_OF = """
components:
  schemas:
    S:
      {keyword}: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
      discriminator: {{propertyName: kind{mapping}}}
    Cat: {{type: object, properties: {{kind: {{type: string}}, meow: {{type: boolean}}}}, required: [kind]}}
    Dog: {{type: object, properties: {{kind: {{type: string}}, bark: {{type: boolean}}}}, required: [kind]}}
"""
MAPPED = ", mapping: {cat: Cat, dog: '#/components/schemas/Dog'}"
HALF = ", mapping: {cat: Cat}"


@pytest.mark.parametrize(
    ("mapping", "instance", "accepted"),
    [
        (MAPPED, {"kind": "cat", "meow": True}, True),
        (MAPPED, {"kind": "cat", "meow": 3}, False),  # anyOf alone lets it pass as a dog
        (MAPPED, {"kind": "dog", "meow": 3}, True),
        (MAPPED, {"kind": "Cat", "meow": True}, False),  # the mapped value stands for the name
        (HALF, {"kind": "Dog", "bark": True}, True),  # what is not mapped keeps its name
        (HALF, {"kind": "Dog", "bark": 3}, False),
        (HALF, {"kind": "dog", "bark": True}, False),
        (MAPPED, {"kind": "bird"}, False),
        (MAPPED, {}, False),
        ("", {"kind": "Cat", "meow": 3}, False),
        ("", {"kind": "Dog", "meow": 3}, True),
        ("", {"kind": "tabby", "meow": True}, True),  # names alone close nothing
    ],
)
def test_any_of(mapping: str, instance: dict[str, Any], accepted: bool) -> None:
    text = ONE_OF.format(keyword="anyOf", mapping=mapping)
    assert accepts(translate(text), instance) is accepted
    assert accepts(translate(text, "json-schema-2020-12"), instance) is accepted


def test_nothing_passes_that_the_plain_schema_refuses() -> None:
    both = {"kind": "cat"}
    text = ONE_OF.format(keyword="oneOf", mapping=MAPPED)
    assert not accepts(translate(text, discriminators=Discriminators.IGNORED), both)  # it is a cat and a dog
    assert not accepts(translate(text), both)


def test_without_discriminators_the_plain_schema_is_left() -> None:
    text = ONE_OF.format(keyword="anyOf", mapping=MAPPED)
    assert accepts(translate(text, discriminators=Discriminators.IGNORED), {"kind": "bird"})
    assert not translate(text, discriminators=Discriminators.IGNORED).unmodelled


def test_a_mapping_that_leads_nowhere_closes_nothing_and_is_told() -> None:
    text = ONE_OF.format(keyword="anyOf", mapping=", mapping: {cat: Cat, fish: 'fish.yaml'}")
    found = translate(text)
    assert any("reference-outside" in each for each in found.unmodelled)
    assert accepts(found, {"kind": "fish"})
    assert not accepts(found, {"kind": "cat", "meow": 3})


def test_3_2_names_the_schema_for_all_other_values() -> None:
    text = ONE_OF.format(keyword="anyOf", mapping=", defaultMapping: Dog, mapping: {cat: Cat, dog: Dog}")
    found = translate(text.replace(", required: [kind]", ""), "json-schema-2020-12")
    assert accepts(found, {"kind": "cat", "bark": 3})
    assert accepts(found, {"kind": "wolf", "bark": True})
    assert not accepts(found, {"kind": "wolf", "bark": 3})
    assert not accepts(found, {"bark": 3})


HEIRS = """
components:
  schemas:
    S: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: DISCRIMINATOR}
    Cat: {allOf: [{$ref: '#/components/schemas/S'}, {properties: {meow: {type: boolean}}, required: [meow]}]}
    Lion: {allOf: [{$ref: '#/components/schemas/Cat'}, {properties: {roar: {type: boolean}}}]}
definitions:
  S: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: DISCRIMINATOR}
"""


@pytest.mark.parametrize(
    ("dialect", "written", "value"),
    [
        ("openapi-3.0", "{propertyName: kind}", "Cat"),
        ("openapi-3.0", "{propertyName: kind, mapping: {tom: Cat}}", "tom"),
        ("openapi-2.0", "kind", "Cat"),
        ("asyncapi", "kind", "Cat"),
    ],
)
def test_an_heir_s_schema_holds_where_its_name_is_given(dialect: str, written: str, value: str) -> None:
    found = translate(HEIRS.replace("DISCRIMINATOR", written), dialect)
    assert accepts(found, {"kind": value, "meow": True})
    assert not accepts(found, {"kind": value})
    assert not accepts(found, {"kind": value, "meow": 3})
    assert not accepts(found, {"kind": "Lion", "meow": True, "roar": 3})
    assert accepts(found, {"kind": "other"}) is ("mapping" not in written)


def test_an_heir_by_itself_is_still_held_to_the_discriminator() -> None:
    found = translate(HEIRS.replace("DISCRIMINATOR", "{propertyName: kind}"), schema="Cat")
    assert accepts(found, {"kind": "Cat", "meow": True})
    assert not accepts(found, {"kind": "Lion", "meow": True, "roar": 3})
    assert not accepts(found, {"kind": "Cat"})


def test_a_value_that_is_no_object_is_left_to_the_plain_schema() -> None:
    (rule,) = narrowing("kind", {"a": {"$ref": "#/$defs/A"}}, closed=False)
    assert rule["if"]["type"] == "object"


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("Cat", "#/components/schemas/Cat"),
        ("a~b", "#/components/schemas/a~0b"),
        ("#/x", "#/x"),
        ("cat.json", "cat.json"),
        ("v1/cat", "v1/cat"),
    ],
)
def test_mapping_targets(target: str, reference: str) -> None:
    assert as_reference(target) == reference


def test_each_dialect_writes_its_own_discriminator() -> None:
    assert property_name({"discriminator": "a"}, "openapi-2.0") == "a"
    assert property_name({"discriminator": "a"}, "openapi-3.0") is None
    assert property_name({"discriminator": {"propertyName": "a"}}, "openapi-3.0") == "a"
    assert property_name({"discriminator": {"propertyName": 3}}, "openapi-3.0") is None


SHARED = {"kind": "Dog", "meow": True, "bark": True}


@pytest.mark.parametrize(
    ("discriminators", "instance", "accepted"),
    [
        (Discriminators.ENFORCED, SHARED, False),  # both members accept it
        (Discriminators.SELECTING, SHARED, True),  # the one that is named decides
        (Discriminators.SELECTING, {"kind": "Dog", "bark": 3}, False),
        (
            Discriminators.SELECTING,
            {"kind": "tabby", "meow": True},
            False,
        ),  # names nobody: one alone must match
        (Discriminators.SELECTING, {"meow": True}, False),
    ],
)
def test_a_value_may_select_the_member(
    discriminators: Discriminators, instance: dict[str, Any], accepted: bool
) -> None:
    text = ONE_OF.format(keyword="oneOf", mapping="")
    assert accepts(translate(text, discriminators=discriminators), instance) is accepted
