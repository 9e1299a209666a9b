"""What a contract offers, in groups."""

from __future__ import annotations

import pytest

from contracts import model
from contracts.references import from_files
from portal.reading.outline import by_key, find, outline, search

HTTP = b"""
openapi: 3.1.0
info: {title: t, version: 1.0.0}
tags: [{name: b, description: Second}, {name: a}, {name: unused}]
paths:
  /a: {get: {tags: [a], summary: List all of A, responses: {}}, post: {tags: [b], deprecated: true, responses: {}}}
  /c: {get: {description: 'Reads **C**. And more.', responses: {}}}
webhooks: {shipped: {post: {responses: {}}}}
"""
UNTAGGED = b"""
openapi: 3.0.0
info: {title: t, version: 1.0.0}
paths:
  /v1/orders/{id}: {get: {responses: {}}}
  /v1/orders: {get: {responses: {}}}
  /api/v2.1/parcels: {get: {responses: {}}}
  /v1/{any}: {get: {responses: {}}}
"""
EVENTS = b"""
asyncapi: 3.0.0
info: {title: t, version: 1.0.0}
channels: {c: {address: a.b, messages: {m: {name: Shipped, payload: {type: object}}}}}
operations: {out: {action: send, channel: {$ref: '#/channels/c'}}}
"""


def built(document: bytes) -> model.HttpApi | model.EventApi:
    return model.build(from_files({"a.yaml": document}, "a.yaml"))


def test_tags_in_the_order_of_the_contract_and_the_rest_behind() -> None:
    groups = outline(built(HTTP))
    assert [(group.name, [entry.key for entry in group.entries]) for group in groups] == [
        ("b", ["POST /a"]),
        ("a", ["GET /a"]),
        ("Webhooks", ["webhook:shipped"]),
        ("Others", ["GET /c"]),
    ]
    assert by_key(groups)["GET /c"].summary == "Reads C."
    assert by_key(groups)["POST /a"].deprecated


def test_without_tags_the_path_groups() -> None:
    assert [group.name for group in outline(built(UNTAGGED))] == ["orders", "parcels", "Others"]


def test_events_are_grouped_by_what_the_application_does() -> None:
    (group,) = outline(built(EVENTS))
    assert group.name == "What the application sends"
    assert (group.entries[0].word, group.entries[0].place, group.entries[0].summary) == (
        "send",
        "a.b",
        "Shipped",
    )


def test_a_search_finds_what_holds_all_words() -> None:
    groups = outline(built(HTTP))
    assert [entry.key for group in search(groups, "LIST a") for entry in group.entries] == ["GET /a"]
    assert search(groups, "nothing") == ()
    assert search(groups, " ") == groups


def test_operations_are_found_by_their_keys() -> None:
    api = built(HTTP)
    assert find(api, "webhook:shipped") is not None
    assert find(api, "GET /nothing") is None


def test_a_contract_without_operations_has_no_groups() -> None:
    assert outline(built(b"openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\n")) == ()


def test_what_all_stands_in_one_place_is_called_operations() -> None:
    groups = outline(
        built(b"openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {'/{id}': {get: {responses: {}}}}\n")
    )
    assert [group.name for group in groups] == ["Operations"]


@pytest.mark.parametrize("words", ["list b", "[", "\\", ".*", "x" * 4000, "' OR 1=1"])
def test_a_search_takes_words_as_they_are(words: str) -> None:
    assert search(outline(built(HTTP)), words) == ()


def test_tags_that_are_no_text_and_hostile_ones_make_groups_with_plain_anchors() -> None:
    document = b"""
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths: {/a: {get: {tags: ['"><img src=x>'], responses: {}}, put: {tags: [{a: 1}, 3], responses: {}}}}
"""
    groups = outline(built(document))
    assert {entry.key for group in groups for entry in group.entries} == {"GET /a", "PUT /a"}
    assert all(group.anchor.replace("-", "").isalnum() for group in groups)
