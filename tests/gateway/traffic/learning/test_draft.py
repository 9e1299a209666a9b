"""A draft is a valid document, and the traffic that it was made from follows it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.document import parse
from contracts.model import HttpApi, build
from contracts.references import load
from contracts.validity import check
from gateway.rules import Rules
from gateway.standalone import standalone
from gateway.traffic.auditing import Auditor
from gateway.traffic.learning.draft import Learner, SeveralHosts
from gateway.traffic.reading import read_recording
from gateway.traffic.summary import Summary
from tests.gateway.traffic.world import HAR, HERE, NOW, archive, entry, log

SEGMENTS = st.sampled_from(["orders", "search", "17", "-4", "DE4711", "a%20b", "x.y", "v2", ""]) | st.text(
    "abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=3
)
QUERIES = st.sampled_from(
    ["", "?page=1", "?page=x", "?tag=a&tag=b", "?all=true", "?q=", "?when=2026-11-02", "?q=a%2Cb+c"]
)
BODIES = st.none() | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["OPEN", "2026-11-02"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "status", "x@y", "17"]), inner),
    max_leaves=6,
)  # fmt: skip
ENTRIES = st.builds(
    lambda method, segments, query, body, status, answer: entry(
        method,
        "https://api.example/" + "/".join(segments) + query,
        body if method != "GET" else None,
        status,
        answer,
    ),
    st.sampled_from(["GET", "POST", "DELETE"]),
    st.lists(SEGMENTS, min_size=1, max_size=4),
    QUERIES,
    BODIES,
    st.sampled_from([200, 201, 204, 400, 404, 599]),
    BODIES,
)


def drafted(*entries: Any) -> dict[str, Any]:
    learner = Learner()
    learner.run(read_recording(archive(*entries)))
    return learner.draft()


def judged(draft: dict[str, Any], *entries: Any) -> Summary:
    api = build(load(parse(orjson.dumps(draft), "draft.json")))
    assert isinstance(api, HttpApi)
    snapshot = standalone(api, rules=Rules(security="form", unknown_query="refuse"))
    return Auditor(snapshot, NOW).run(read_recording(archive(*entries)))


@settings(max_examples=120, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=25))
def test_a_draft_judges_its_own_traffic_without_violation(entries: list[Any]) -> None:
    draft = drafted(*entries)
    summary = judged(draft, *entries)
    assert summary.violations == {}
    assert summary.shadow == {}
    assert not summary.unread


@settings(max_examples=40, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=10))
def test_a_draft_is_a_valid_document(entries: list[Any]) -> None:
    assert list(check(load(parse(orjson.dumps(drafted(*entries)), "draft.json")))) == []


def test_many_names_of_users_become_a_parameter() -> None:
    entries = [
        entry("GET", f"https://api.example/users/{first}name", answer={"id": 1})
        for first in "abcdefghijklmnop"
    ]
    draft = drafted(*entries)
    assert list(draft["paths"]) == ["/users/{userId}"]
    assert judged(draft, *entries).clean


def test_a_draft_holds_no_value_that_was_seen() -> None:
    learner = Learner(HERE)
    with HAR.open("rb") as file:
        learner.run(read_recording(file))
    text = orjson.dumps(learner.draft()).decode()
    assert "/erp/v1/orders" in text
    for planted in ("planted", "ada@", "6a7d7d1e", "9931"):
        assert planted not in text


def test_what_was_never_there_is_no_operation() -> None:
    assert drafted(entry("GET", "https://api.example/wp-login.php", status=404))["paths"] == {}


def test_several_hosts_have_to_be_told_apart() -> None:
    with pytest.raises(SeveralHosts) as caught:
        drafted(*[entry("GET", "https://b.example/")] * 2, entry("GET", "https://a.example/"))
    assert caught.value.hosts == ("b.example", "a.example")


def test_an_access_log_gives_paths_and_statuses() -> None:
    learner = Learner()
    learner.run(
        read_recording(log({"method": "GET", "path": "/orders/17?page=1", "status": 200}, {"method": "GET"}))
    )
    draft = learner.draft()
    assert draft["servers"] == [{"url": "/"}]
    assert draft["paths"]["/orders/{orderId}"]["get"] == {
        "parameters": [
            {"name": "orderId", "in": "path", "required": True, "schema": {"type": "integer"}},
            {"name": "page", "in": "query", "required": True, "schema": {"type": "integer"}},
        ],
        "responses": {"200": {"description": "OK"}},
    }
    assert learner.left_out == 1
