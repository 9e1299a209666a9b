"""The case files of `tests/cases/diff`, and what holds for every comparison."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from contracts.document import parse
from contracts.errors import ContractError
from contracts.model import build
from contracts.references import load
from linters.diff import BACKWARD, Change, compare
from linters.diff.proof.outcome import NOTHING
from policies import profiles

from . import mutations, rewriting
from .building import api, events, http, ids, only

CASES = Path(__file__).resolve().parent.parent.parent / "cases" / "diff"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text("utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any]) -> None:
    policy = profiles.policy(case.get("policy", "backward"))
    comparison = compare(
        api(case["base"], "base.yaml"), api(case["revision"], "revision.yaml"), policy=policy
    )
    looked_at = [one for one in comparison.changes if case.get("all") or one.verdict != "safe"]
    assert sorted(map(described, looked_at)) == sorted(map(expected, case["expect"]))
    for wanted in case["expect"]:
        change = only(comparison, wanted["id"])
        if "witness" in wanted:
            assert change.witness == (
                wanted["witness"][wanted["at"]] if "at" in wanted else wanted["witness"]
            )
        if change.verdict == "unknown":
            assert change.reason


def described(change: Change) -> tuple[str, ...]:
    lines = (change.base and change.base.line, change.revision and change.revision.line)
    return change.id, change.verdict, str(change.breaks), *map(str, lines)


def expected(wanted: dict[str, Any]) -> tuple[str, ...]:
    lines = (wanted.get("base"), wanted.get("revision"))
    return wanted["id"], wanted["verdict"], str(wanted["breaks"]), *map(str, lines)


def test_nothing_changed() -> None:
    assert compare(http(), http()).verdict == "unchanged"
    assert compare(events(), events()).changes == ()


def test_a_call_and_an_event_contract_cannot_be_compared() -> None:
    with pytest.raises(ContractError) as caught:
        compare(http(), events())
    assert caught.value.code == "different-kinds"


def test_what_one_side_does_not_understand_is_unknown() -> None:
    comparison = compare(http(), http(request={"$ref": "#/components/schemas/Gone"}))
    assert comparison.verdict == "unknown"
    assert "document-not-understood" in ids(comparison, "unknown")


def test_a_shared_component_is_one_change_of_many_operations() -> None:
    def contract(maximum: int) -> dict[str, Any]:
        body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}
        operation = {"requestBody": body, "responses": {}}
        return {
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
            "paths": {f"/{name}": {"post": operation} for name in "abc"},
            "components": {"schemas": {"Order": {"type": "string", "maxLength": maximum}}},
        }  # fmt: skip

    base, revision = api(contract(5)), api(contract(4))
    (change,) = compare(base, revision).changes
    assert change.operations == ("POST /a", "POST /b", "POST /c")
    assert len(compare(base, revision, each=True).changes) == 3


def test_witnesses_hold_against_the_written_schemas() -> None:
    base = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 0}}, "required": ["n"]}
    revision = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 5}}, "required": ["n"]}
    change = only(compare(http(request=base), http(request=revision)), "request-property-min-increased")
    assert change.witness is not NOTHING
    assert Draft202012Validator(base["properties"]["n"]).is_valid(change.witness)
    assert not Draft202012Validator(revision["properties"]["n"]).is_valid(change.witness)
    assert change.accepted_by == "base"


@pytest.mark.parametrize(
    ("base", "revision"), [({"type": "string"}, {"type": "integer"}), ({"enum": [1, 2]}, {"enum": [2, 3]})]
)
def test_request_and_response_are_mirror_images(base: dict[str, Any], revision: dict[str, Any]) -> None:
    there = compare(http(request=base), http(request=revision))
    back = compare(http(response=revision), http(response=base))
    witness = {str(one.witness) for one in there.changes if one.verdict == "breaking"}
    mirrored = {str(one.witness) for one in back.changes if one.verdict == "breaking"}
    assert witness == mirrored


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("base", "revision", "wanted"),
    [
        ("amazon-spapi/spapi-orders-v0@2023-07-26.json", "amazon-spapi/spapi-orders-v0@2024-09-11.json", ("response-property-type-changed", "IsGift")),
        ("ups/ups-track-alert@2024-09-06.yaml", "ups/ups-track-alert@2026-07-02.yaml", ("new-request-path-parameter", "version")),
        ("wms/wms-order-service@2026-01-01.yaml", "wms/wms-order-service@2026-01-14.yaml", ("new-required-request-parameter", "X-WMS-Tenant-ID")),
    ],
)  # fmt: skip
def test_what_real_publishers_broke_is_found(
    corpus: Path, base: str, revision: str, wanted: tuple[str, str]
) -> None:
    sides = [api((corpus / "openapi" / name).read_text("utf-8"), name) for name in (base, revision)]
    found = [(one.id, one.path) for one in compare(*sides).changes if one.verdict == "breaking"]
    assert any(identifier == wanted[0] and path.endswith(wanted[1]) for identifier, path in found)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("base", "revision"),
    [
        ("dcsa-booking-2.0.0@2024-12-16", "dcsa-booking-2.0.2@2025-07-31"),
        ("dcsa-booking-2.0.2@2025-07-31", "dcsa-booking-2.0.5@2026-06-11"),
        ("dcsa-ebl-3.0.0@2024-12-16", "dcsa-ebl-3.0.4@2026-06-11"),
    ],
)
def test_patch_releases_of_a_careful_publisher_break_nothing(corpus: Path, base: str, revision: str) -> None:
    sides = [
        api((corpus / "openapi" / "dcsa" / f"{name}.yaml").read_text("utf-8"), name)
        for name in (base, revision)
    ]
    assert compare(*sides).counts["breaking"] == 0


EITHER = replace(BACKWARD, name="full", protects=("consumer", "provider"))


def told(base: dict[str, Any], revision: dict[str, Any]) -> list[str]:
    """What is not safe between two contracts, whichever of them comes first."""
    sides = api(base), api(revision)
    both = (*compare(*sides, policy=EITHER).changes, *compare(*sides[::-1], policy=EITHER).changes)
    return [f"{one.id}: {one.message}" for one in both if one.verdict != "safe"]


@settings(max_examples=25, deadline=None)
@given(rewriting.SCHEMAS)
def test_a_contract_rewritten_in_the_next_version_is_the_same(schema: Any) -> None:
    """OpenAPI 2.0 as 3.0, 3.0 as 3.1 and 3.2, AsyncAPI 2 as 3: no alarm, in neither direction."""
    plain, newer = rewriting.without_null(schema), rewriting.to_31(schema)
    assert told(rewriting.swagger(plain), rewriting.openapi("3.0.3", plain)) == []
    assert told(rewriting.openapi("3.0.3", schema), rewriting.openapi("3.1.0", newer)) == []
    assert told(rewriting.openapi("3.1.0", newer), rewriting.openapi("3.2.0", newer)) == []
    for verb, action in (("subscribe", "send"), ("publish", "receive")):
        assert told(rewriting.events_2(verb, plain), rewriting.events_3(action, plain)) == []


def test_a_change_shows_across_versions_as_well() -> None:
    base = rewriting.openapi("3.0.3", {"type": "string"})
    assert told(base, rewriting.openapi("3.1.0", {"type": "integer"}))
    assert told(
        rewriting.events_2("publish", {"type": "string"}), rewriting.events_3("send", {"type": "string"})
    )


PLACES = {
    name: (contract, sorted(mutations.places(contract), key=repr))
    for name, contract in (("calls", mutations.CALLS), ("events", mutations.EVENTS))
}


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_whatever_is_wrong_wherever_a_comparison_answers(data: st.DataObject) -> None:
    """Only `ContractError` is raised, and what one side alone did not understand is never safe."""
    contract, places = PLACES[data.draw(st.sampled_from(sorted(PLACES)))]
    sides = []
    for _ in range(2):
        value = contract
        for _ in range(data.draw(st.integers(0, 3))):
            path = data.draw(st.sampled_from(places))
            value = mutations.changed(value, path, data.draw(st.sampled_from(mutations.WRONG)))
        try:
            sides.append(api(value))
        except ContractError:
            return
    base, revision = sides
    try:
        comparison = compare(base, revision, policy=profiles.policy("full"))
    except ContractError:
        return
    told = [{(one.code, one.message, one.pointer) for one in side.problems} for side in sides]
    if told[0] != told[1]:
        assert comparison.verdict in ("unknown", "breaking")


FREE = ("info", "description", "tags", "links", "operationId", "servers", "bindings", "variables")
"""Places of which whatever stands there breaks nobody by the default policy."""


@pytest.mark.parametrize("name", sorted(PLACES))
def test_a_number_where_none_belongs_is_never_safe(name: str) -> None:
    contract, places = PLACES[name]
    base = api(contract)
    for path in places:
        is_number = isinstance(mutations.at(contract, path), int) and path[-1] != "required"
        if is_number or "enum" in path[:-1] or set(path) & set(FREE) or path in ALWAYS_REQUIRED:
            continue
        try:
            revision = api(mutations.changed(contract, path, 42))
        except ContractError:
            continue
        for pair in ((base, revision), (revision, base)):
            assert compare(*pair).verdict in ("breaking", "unknown"), path


ALWAYS_REQUIRED = [("paths", "/orders/{id}", "parameters", 0, "required")]
"""A parameter of a path is required whatever it says."""


@pytest.mark.parametrize("cut", range(40, 900, 37))
def test_a_document_that_breaks_off_is_refused_or_compared(cut: int) -> None:
    text = yaml.safe_dump(mutations.CALLS, sort_keys=False)
    try:
        comparison = compare(api(text), api(text[: len(text) * cut // 900]))
    except ContractError:
        return
    assert comparison.verdict in ("breaking", "unknown")


def test_a_text_that_was_read_as_far_as_it_goes_is_never_safe() -> None:
    whole = yaml.safe_dump(mutations.CALLS, sort_keys=False).encode()
    broken = build(load(parse(whole + b"x-more: [", "broken.yaml", tolerant=True)))
    (change,) = (
        one for one in compare(broken, build(load(parse(whole)))).changes if one.verdict == "unknown"
    )
    assert change.id == "document-not-understood"
    assert compare(broken, broken).verdict == "unchanged"


def test_invalid_documents_of_the_corpus_are_refused_or_compared_as_far_as_they_go(corpus: Path) -> None:
    for file in sorted(corpus.rglob("*.INVALID.yaml")):
        with pytest.raises(ContractError):
            parse(file.read_bytes(), file.name)
        invalid = build(load(parse(file.read_bytes(), file.name, tolerant=True)))
        assert compare(invalid, invalid).verdict == "unchanged"
        assert "unknown" in {one.verdict for one in compare(api(mutations.CALLS), invalid).changes}


def test_a_discriminator_beside_alternatives_that_are_none_is_compared() -> None:
    sides = [
        http(request={"oneOf": members, "discriminator": {"propertyName": "k"}, "properties": {"k": {}}})
        for members in ([], [{"type": "object"}])
    ]
    assert compare(*sides).verdict in ("breaking", "unknown")
