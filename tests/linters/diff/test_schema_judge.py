from __future__ import annotations

from dataclasses import replace

import pytest

from linters.diff.policy import BACKWARD, Content
from linters.diff.proof.outcome import NOTHING
from linters.diff.schema_judge import OVERRULED

from .building import compared, http, ids, only

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}


def test_a_composition_that_is_contained_as_a_whole_makes_what_is_in_it_safe() -> None:
    base = {"anyOf": [{"title": "A", "type": "string", "maxLength": 9}, {"title": "B", "type": "string"}]}
    revision = {"anyOf": [{"title": "A", "type": "string", "maxLength": 5}, {"title": "B", "type": "string"}]}
    comparison = compared(http(request=base), http(request=revision))
    assert comparison.verdict == "safe"
    assert only(comparison, "request-property-max-length-decreased").reason == OVERRULED


def test_what_no_rule_explains_is_told_with_its_witness() -> None:
    one, other = {"type": "string", "minLength": 3}, {"type": "string", "maxLength": 5}
    comparison = compared(http(request={"oneOf": [one]}), http(request={"oneOf": [one, other]}))
    change = only(comparison, "request-body-refuses-values")
    assert change.verdict == "breaking"
    assert len(change.witness) in (3, 4, 5)
    assert only(comparison, "request-body-one-of-added").verdict == "safe"


def test_each_change_has_a_witness_of_its_own() -> None:
    base = {"type": "string", "minLength": 2, "maxLength": 9}
    revision = {"type": "string", "minLength": 3, "maxLength": 8}
    comparison = compared(http(request=base), http(request=revision))
    assert len(only(comparison, "request-body-min-length-increased").witness) == 2
    assert len(only(comparison, "request-body-max-length-decreased").witness) == 9


def test_a_bound_beyond_any_witness_is_judged_by_its_rule() -> None:
    comparison = compared(
        http(request={"type": "string", "maxLength": 10**6}),
        http(request={"type": "string", "maxLength": 10**5}),
    )
    change = only(comparison, "request-body-max-length-decreased")
    assert change.verdict == "breaking"
    assert change.witness is NOTHING
    assert "rule" in change.reason


def test_a_pattern_that_cannot_be_compared_is_unknown_with_its_reason() -> None:
    base, revision = {"type": "string", "pattern": "^(?=a)a+$"}, {"type": "string", "pattern": "^a*$"}
    change = only(compared(http(request=base), http(request=revision)), "request-body-pattern-changed")
    assert change.verdict == "unknown"
    assert "pattern" in change.reason


@pytest.mark.parametrize(("closed", "verdict"), [(True, "breaking"), (False, "safe")])
def test_a_property_that_a_response_gains_breaks_where_the_object_was_closed(
    closed: bool, verdict: str
) -> None:
    base = {**OBJECT, **({"additionalProperties": False} if closed else {})}
    revision = {**base, "properties": {**OBJECT["properties"], "b": {"type": "string"}}}
    change = only(compared(http(response=base), http(response=revision)), "response-optional-property-added")
    assert change.verdict == verdict


def test_set_inclusion_counts_a_new_property_of_an_open_object() -> None:
    revision = {**OBJECT, "properties": {**OBJECT["properties"], "b": {"type": "string"}}}
    policy = replace(BACKWARD, content=Content.OPEN)
    assert compared(http(request=OBJECT), http(request=revision)).verdict == "safe"
    change = only(
        compared(http(request=OBJECT), http(request=revision), policy), "new-optional-request-property"
    )
    assert change.verdict == "breaking"
    assert set(change.witness) == {"b"}


def test_read_only_properties_are_not_asked_of_requests() -> None:
    base = {**OBJECT, "properties": {"a": {"type": "string", "readOnly": True}}}
    revision = {**base, "required": ["a"]}
    assert compared(http(request=base), http(request=revision)).verdict == "safe"


def test_a_schema_that_appears_restricts() -> None:
    def body(schema: dict[str, object]) -> dict[str, object]:
        return {"requestBody": {"content": {"application/json": schema}}}

    comparison = compared(http(operation=body({})), http(operation=body({"schema": {"type": "string"}})))
    assert ids(comparison, "breaking") == ["request-body-media-type-schema-added"]


def test_recursive_components_are_compared() -> None:
    def tree(kind: str) -> dict[str, object]:
        return {
            "Node": {
                "type": "object",
                "properties": {"next": {"$ref": "#/components/schemas/Node"}, "v": {"type": kind}},
            }
        }

    reference = {"$ref": "#/components/schemas/Node"}
    wider = compared(
        http(request=reference, schemas=tree("integer")), http(request=reference, schemas=tree("number"))
    )
    assert wider.verdict == "safe"
    narrower = compared(
        http(request=reference, schemas=tree("number")), http(request=reference, schemas=tree("integer"))
    )
    assert ids(narrower, "breaking") == ["request-property-type-changed"]


def test_what_is_no_matter_of_values_is_judged_although_the_values_are_fine() -> None:
    def query(default: str) -> object:
        schema = {"type": "string", "default": default}
        return http(operation={"parameters": [{"name": "q", "in": "query", "schema": schema}]})

    change = only(compared(query("a"), query("b")), "request-parameter-default-value-changed")
    assert (change.verdict, change.breaks) == ("breaking", "consumer")


def test_proof_and_rule_are_both_told_where_they_disagree() -> None:
    one, other = {"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 5, "exclusiveMinimum": 4}
    change = only(compared(http(request=one), http(request=other)), "request-body-exclusive-min-set")
    assert (change.verdict, change.reason) == ("safe", OVERRULED)


@pytest.mark.parametrize("base", [{"type": "integer", "format": "int64"}, {"type": "integer"}])
def test_a_format_of_numbers_that_the_algebra_does_not_know_is_no_annotation(base: dict[str, object]) -> None:
    narrow = {"type": "integer", "format": "int32"}
    change = compared(http(request=base), http(request=narrow)).changes[0]
    assert (change.verdict, change.witness) == ("breaking", 2**31)
    assert compared(http(request=narrow), http(request=base)).verdict == "safe"
