"""What schemas are made of, and what the whole imposes on its parts."""

from contracts.elements.common import Origin
from contracts.schemas.composition import FREE, Around, Heirs, parts
from tests.contracts.made import documents

TEXT = """
components:
  schemas:
    Base: {required: [a], discriminator: {propertyName: t}}
    Middle: {allOf: [{$ref: '#/components/schemas/Base'}, {required: [b]}]}
    Leaf: {allOf: [{$ref: '#/components/schemas/Middle'}]}
    Other: {required: [c]}
    Loop: {allOf: [{$ref: '#/components/schemas/Loop'}]}
"""
PLACE = ("components", "schemas")


def test_parts_are_found_through_references() -> None:
    made = documents(TEXT)
    found = parts(made, made.locate((*PLACE, "Middle")))
    assert [part.path[2:] for part in found] == [
        ("Middle",),
        ("Middle", "allOf", 0),
        ("Base",),
        ("Middle", "allOf", 1),
    ]


def test_a_circle_ends() -> None:
    made = documents(TEXT)
    assert [part.path[2:] for part in parts(made, made.locate((*PLACE, "Loop")))] == [
        ("Loop",),
        ("Loop", "allOf", 0),
    ]


def test_a_composition_that_doubles_at_each_step_is_walked_once() -> None:
    steps = "".join(f"  {n}: {{allOf: [{{$ref: '#/{n + 1}'}}, {{$ref: '#/{n + 1}'}}]}}\n" for n in range(60))
    made = documents(steps.replace("  ", "") + "60: {}")
    assert len(parts(made, made.top.child("0"))) == 61 + 2 * 60
    wide = documents("a: {allOf: [" + ", ".join(["{$ref: '#/a'}"] * 5000) + "]}")
    assert len(parts(wide, wide.top.child("a"))) == 200


def test_heirs_are_found_however_far_removed() -> None:
    made = documents(TEXT)
    heirs = Heirs(made)
    assert heirs.of(made.locate((*PLACE, "Base"))) == {
        "Middle": "main.yaml#/components/schemas/Middle",
        "Leaf": "main.yaml#/components/schemas/Leaf",
    }
    assert heirs.of(made.locate((*PLACE, "Other"))) == {}


def test_only_what_matters_is_passed_on() -> None:
    made = documents(TEXT)
    base = Origin("main.yaml", (*PLACE, "Base"))
    around = Around(frozenset("ax"), frozenset([base]))
    assert around.at(made, made.locate((*PLACE, "Leaf"))) == Around(frozenset("a"), frozenset([base]))
    assert around.at(made, made.locate((*PLACE, "Other"))) == FREE
    assert FREE.exempting(frozenset()) is FREE
    assert FREE.without(base).plain == {base}
