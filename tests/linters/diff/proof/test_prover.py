"""The whole procedure, and the two promises: `yes` is never contradicted, and witnesses check out."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from linters.diff.proof import Definitions, Names, Outcome, Prover
from linters.diff.proof.definitions import bare
from linters.diff.proof.instances import Instances

NAMES = st.sampled_from(["a", "b", "c"])


def schemas() -> st.SearchStrategy[Any]:
    scalars = st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("string")},
            optional={
                "minLength": st.integers(0, 3), "maxLength": st.integers(0, 4), "enum": st.just(["", "a", "bb"]),
                "pattern": st.sampled_from(["^a", "b$", "^[ab]*$"]),
            },
        ),
        st.fixed_dictionaries(
            {"type": st.sampled_from(["integer", "number"])},
            optional={"minimum": st.integers(-2, 3), "maximum": st.integers(-1, 5), "multipleOf": st.sampled_from([1, 2, 3])},
        ),
        st.sampled_from([True, {}, {"type": "null"}, {"type": "boolean"}, {"const": 1}, {"type": ["string", "null"]}]),
    )  # fmt: skip
    return st.recursive(scalars, _composed, max_leaves=6)


def _composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object")},
            optional={
                "properties": st.dictionaries(NAMES, inner, max_size=3),
                "required": st.lists(NAMES, unique=True, max_size=2),
                "additionalProperties": st.one_of(st.booleans(), inner),
                "minProperties": st.integers(0, 2),
                "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=1),
            },
        ),
        st.fixed_dictionaries(
            {"type": st.just("array")},
            optional={"items": inner, "minItems": st.integers(0, 2), "maxItems": st.integers(0, 3),
                      "uniqueItems": st.booleans(), "prefixItems": st.lists(inner, min_size=1, max_size=2)},
        ),
        st.builds(lambda key, parts: {key: parts}, st.sampled_from(["allOf", "anyOf", "oneOf"]), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda one: {"not": one}, inner),
        st.builds(lambda a, b, c: {"if": a, "then": b, "else": c}, inner, inner, inner),
    )  # fmt: skip


SCHEMAS = schemas()
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 6), st.sampled_from(["", "a", "bb", "ab", "aaaa"]), st.just(1.5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS, SCHEMAS, st.lists(VALUES, min_size=3, max_size=8))
def test_yes_is_never_contradicted_and_witnesses_check_out(inner: Any, outer: Any, values: list[Any]) -> None:
    held_against(inner, outer, values)


def held_against(inner: Any, outer: Any, values: list[Any]) -> None:
    """Holds a proof against python-jsonschema, on given values and on ones made for the purpose."""
    prover = Prover(Definitions(), Definitions(), Names.ANY, False)
    proof = prover.prove(inner, outer)
    left, right = Draft202012Validator(inner), Draft202012Validator(outer)
    if proof.outcome is Outcome.NO:
        assert left.is_valid(proof.witness)
        assert not right.is_valid(proof.witness)
    elif proof.outcome is Outcome.YES:
        made = [
            value
            for value, _ in zip(
                Instances(prover.pair).variations((inner,), (outer,)), range(60), strict=False
            )
        ]
        for value in (*values, *made):
            assert not left.is_valid(value) or right.is_valid(value)
    else:
        assert proof.reason


def mutated(schema: Any, draw: Any) -> Any:
    """The schema with one thing in it taken away, added, or changed by a little."""
    if not isinstance(schema, dict) or not schema or draw(st.integers(0, 5)) == 0:
        return draw(SCHEMAS)
    key = draw(st.sampled_from(sorted(schema)))
    value = schema[key]
    action = draw(st.integers(0, 3))
    if action == 0:
        return {name: held for name, held in schema.items() if name != key}
    if isinstance(value, bool):
        return {**schema, key: not value}
    if isinstance(value, int):
        least = {"minimum": -9, "multipleOf": 1}.get(key, 0)  # a multipleOf of 0 is no schema
        return {**schema, key: max(value + draw(st.sampled_from([-1, 1])), least)}
    if key in ("properties", "patternProperties") and value:
        name = draw(st.sampled_from(sorted(value)))
        return {**schema, key: {**value, name: mutated(value[name], draw)}}
    if key in ("allOf", "anyOf", "oneOf", "prefixItems") and action > 1:
        index = draw(st.integers(0, len(value) - 1))
        return {**schema, key: [*value[:index], mutated(value[index], draw), *value[index + 1 :]]}
    if key in ("items", "not", "additionalProperties", "if", "then", "else"):
        return {**schema, key: mutated(value, draw)}
    return {**schema, "type": ["string", "object", "array", "number"]}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_the_same_for_schemas_that_differ_in_one_place(data: Any) -> None:
    schema = data.draw(SCHEMAS)
    pair = (schema, mutated(schema, data.draw))
    inner, outer = pair if data.draw(st.booleans()) else pair[::-1]
    held_against(inner, outer, data.draw(st.lists(VALUES, min_size=3, max_size=8)))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS)
def test_a_schema_is_contained_in_itself_however_it_is_wrapped(schema: Any) -> None:
    schema = bare(schema)  # as whoever asks hands it in
    prover = Prover(Definitions({"s": schema}), Definitions({"s": schema}), Names.ANY, False)
    reference = {"$ref": "#/$defs/s"}
    assert prover.prove(schema, schema).outcome is Outcome.YES
    assert prover.prove(reference, {"allOf": [reference, True]}).outcome is Outcome.YES
    assert prover.prove(schema, {"anyOf": [reference, {"type": "null"}]}).outcome is Outcome.YES


@pytest.mark.parametrize(
    ("inner", "outcome"), [({"enum": []}, Outcome.YES), ({"type": "string", "enum": [1]}, Outcome.YES)]
)
def test_nothing_is_contained_in_everything(inner: dict[str, Any], outcome: Outcome) -> None:
    assert Prover(Definitions(), Definitions()).prove(inner, {"type": "null"}).outcome is outcome


def test_unknown_names_what_stopped_the_proof() -> None:
    inner = {"type": "string", "pattern": "^(?=a)a+$"}
    proof = Prover(Definitions(), Definitions()).prove(inner, {"type": "string", "pattern": "^a*$"})
    assert proof.outcome is Outcome.UNKNOWN
    assert proof.reason == "pattern"


def test_patterns_are_decided_and_their_difference_is_a_shortest_text() -> None:
    prover = Prover(Definitions(), Definitions())
    code, any_code = {"type": "string", "pattern": "^[A-Z]{3}$"}, {"type": "string", "pattern": "^[A-Z0-9]+$"}
    assert prover.prove(code, any_code).outcome is Outcome.YES
    back = prover.prove(any_code, code)
    assert (back.outcome, len(back.witness)) == (Outcome.NO, 1)


def test_names_are_told_apart_by_the_patterns_that_catch_them() -> None:
    prover = Prover(Definitions(), Definitions(), Names.ANY)
    inner = {"type": "object", "patternProperties": {"^a": {"type": "string"}, "^b": {"type": "integer"}}}
    outer = {"type": "object", "patternProperties": {"^a": {"type": "string"}, "^b": {"type": "number"}}}
    assert prover.prove(inner, outer).outcome is Outcome.YES
