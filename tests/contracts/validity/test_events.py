"""Our tables of AsyncAPI against the published JSON Schemas, over the corpus and over damages of it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import yaml

from contracts.document import parse
from contracts.kinds import LINES
from contracts.validity import events
from tests.contracts.validity.mutations import Path, mutations

STRIDE = int(os.environ.get("LADING_TEST_STRIDE", "60"))
"""Every so manieth damage is tried; 1 tries all of them, which takes some minutes."""

PARTS = 4


@dataclass(frozen=True)
class Deviation:
    id: str
    accepted_by: str
    damages: tuple[str, ...]
    place: re.Pattern[str]
    reason: str

    def covers(self, damage: str, path: Path, published: bool) -> bool:
        place = "/".join(map(str, path))
        return (
            published == (self.accepted_by == "published")
            and damage in self.damages
            and self.place.search(place) is not None
        )


def deviations() -> list[Deviation]:
    written = yaml.safe_load(FilePath(__file__).with_name("deviations.yaml").read_text("utf-8"))
    return [
        Deviation(
            entry["id"],
            entry["accepted_by"],
            tuple(entry["damages"]),
            re.compile(entry["place"]),
            entry["reason"],
        )
        for entry in written
    ]


@cache
def published(conformance: FilePath, version: str, *, mended: bool = True) -> Any:
    """The published schema, mended of one defect that hides all others.

    Up to 2.4 a parameter that is a reference fits both alternatives, "reference" and "parameter", of which one
    only may fit: every document with such a reference is refused, the specification's own example too.
    """
    schema = json.loads((conformance / "asyncapi-schemas" / f"{version}.json").read_text("utf-8"))
    if mended:
        for name, definition in schema["definitions"].items():
            if name.endswith("/parameter.json"):
                definition["properties"].pop("$ref", None)
    return jsonschema_rs.Draft7Validator(schema)


def documents(corpus: FilePath) -> Iterator[tuple[str, Any]]:
    for file in sorted((corpus / "asyncapi").rglob("*")):
        if file.is_file():
            value = parse(file.read_bytes(), file.name).value
            if "asyncapi" in value:
                yield str(file.relative_to(corpus)), value


@pytest.mark.corpus
def test_every_document_of_the_corpus_is_judged_alike(corpus: FilePath, conformance: FilePath) -> None:
    judged = [
        (name, published(conformance, value["asyncapi"]).is_valid(value), _ours(value).is_valid(value))
        for name, value in documents(corpus)
    ]
    assert len(judged) >= 30
    assert [name for name, theirs, ours in judged if theirs != ours] == []


@pytest.mark.corpus
def test_the_defect_that_is_mended_is_still_there(corpus: FilePath, conformance: FilePath) -> None:
    refused = [
        name
        for name, value in documents(corpus)
        if value["asyncapi"] <= "2.4.0"
        and not published(conformance, value["asyncapi"], mended=False).is_valid(value)
    ]
    assert refused, "the published schemas take references to parameters now: mend nothing any more"


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_damage_is_judged_alike(part: int, corpus: FilePath, conformance: FilePath) -> None:
    known, unexplained, tried = deviations(), [], 0
    for name, value in list(documents(corpus))[part::PARTS]:
        theirs, ours = published(conformance, value["asyncapi"]), _ours(value)
        for index, (damage, path) in enumerate(mutations(value)):
            if index % STRIDE:
                continue
            tried += 1
            verdict = theirs.is_valid(value)
            if verdict != ours.is_valid(value) and not any(
                deviation.covers(damage, path, verdict) for deviation in known
            ):
                unexplained.append((name, damage, path, "published accepts" if verdict else "we accept"))
    assert tried > 100
    assert unexplained == []


@pytest.mark.corpus
@pytest.mark.parametrize("deviation", deviations(), ids=lambda deviation: deviation.id)
def test_every_deviation_still_deviates(
    deviation: Deviation, corpus: FilePath, conformance: FilePath
) -> None:
    for _, value in documents(corpus):
        theirs, ours = published(conformance, value["asyncapi"]), _ours(value)
        for damage, path in mutations(value):
            for verdict in (True, False):
                if deviation.covers(damage, path, verdict) and (
                    theirs.is_valid(value) == verdict != ours.is_valid(value)
                ):
                    return
    pytest.fail(f"{deviation.id} parts nothing any more: remove it from deviations.yaml")


@pytest.mark.parametrize("line", LINES["asyncapi"])
def test_each_line_is_a_schema_by_the_reference_implementation(line: str) -> None:
    schema = events.schema(line)
    jsonschema.Draft7Validator.check_schema(schema)
    smallest = {"asyncapi": f"{line}.0", "info": {"title": "Scans", "version": "1"}, "channels": {}}
    for validator in (jsonschema.Draft7Validator(schema), events.validator(line)):
        assert validator.is_valid(smallest)
        assert not validator.is_valid({**smallest, "asyncapi": "1.2.0"})
        assert not validator.is_valid({**smallest, "chanels": {}})


def test_every_definition_that_is_named_exists() -> None:
    for line in LINES["asyncapi"]:
        schema = events.schema(line)
        named = set(re.findall(r"#/definitions/([^'\"]+)", json.dumps(schema)))
        assert named <= schema["definitions"].keys()


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(KeyError, match=r"4\.0"):
        events.schema("4.0")


@pytest.mark.parametrize(
    ("since", "document"),
    [
        ("2.2", {"channels": {"scans": {"servers": ["a"]}}}),
        ("2.3", {"components": {"channels": {}}}),
        ("2.4", {"components": {"serverVariables": {}}}),
        ("2.4", {"channels": {"scans": {"publish": {"message": {"messageId": "scan"}}}}}),
        ("2.5", {"servers": {"a": {"url": "a", "protocol": "nats", "tags": [{"name": "eu"}]}}}),
        ("2.1", {"components": {"securitySchemes": {"a": {"type": "plain"}}}}),
    ],
)
def test_a_field_is_known_since_its_version(since: str, document: dict[str, Any]) -> None:
    for line in LINES["asyncapi"]:
        if line < "3":
            value = {
                "asyncapi": f"{line}.0",
                "info": {"title": "a", "version": "1"},
                "channels": {},
                **document,
            }
            assert events.validator(line).is_valid(value) == (line >= since), line


@pytest.mark.parametrize(
    ("binding", "fits"),
    [
        ({"kafka": {"topic": "a", "topicConfiguration": {"confluent.key.schema.validation": True}}}, True),
        ({"kafka": {"bindingVersion": "0.4.0", "topicConfiguration": {"something": 1}}}, False),
        ({"kafka": {"bindingVersion": "0.3.0", "topicConfiguration": {}}}, False),
        ({"kafka": {"bindingVersion": "9.9.9"}}, False),
        ({"kafka": {"partitions": 0}}, False),
        ({"nats": {"anything": 1}}, True),
        ({"amqp": {"is": "queue", "queue": {"name": "a"}}}, True),
        ({"amqp": {"is": "queue", "exchange": {"name": "a"}}}, False),
        ({"carrier-pigeon": {}}, False),
        ({"x-carrier-pigeon": {}}, True),
    ],
)
def test_bindings_follow_their_own_version(binding: dict[str, Any], fits: bool) -> None:
    for line in ("3.0", "3.1"):
        value = {
            "asyncapi": f"{line}.0",
            "info": {"title": "a", "version": "1"},
            "channels": {"scans": {"bindings": binding}},
        }
        assert events.validator(line).is_valid(value) == fits


def _ours(value: Any) -> Any:
    return events.validator(value["asyncapi"][:3])


def test_in_a_resolved_document_a_reference_may_be_what_it_leads_to() -> None:
    channel = {"address": "orders"}
    document = {
        "asyncapi": "3.0.0",
        "info": {"title": "t", "version": "1"},
        "channels": {"orders": channel},
        "operations": {"send": {"action": "send", "channel": channel}},
    }
    written = events.schema("3.0")
    resolved = events.schema("3.0", resolved=True)
    assert not jsonschema_rs.Draft7Validator(written).is_valid(document)
    assert jsonschema_rs.Draft7Validator(resolved).is_valid(document)
    document["operations"] = {"send": {"action": "send", "channel": {"address": 1}}}
    assert not jsonschema_rs.Draft7Validator(resolved).is_valid(document)


def test_one_object_of_the_specification_can_be_judged_alone() -> None:
    schema = jsonschema_rs.Draft7Validator(events.schema_of("2.6", "Schema"))
    assert schema.is_valid({"type": "object"})
    assert not schema.is_valid({"type": "record"})
