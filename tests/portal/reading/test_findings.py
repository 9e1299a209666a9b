"""Findings at the operation that they speak of."""

from __future__ import annotations

from contracts import model
from contracts.references import from_files
from portal.reading.findings import by_operation

DOCUMENT = b"""
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths: {/a: {get: {responses: {'200': {description: x}}}, post: {responses: {}}}}
"""


def test_findings_within_an_operation_count_for_it_alone() -> None:
    api = model.build(from_files({"a.yaml": DOCUMENT}, "a.yaml"))
    counted = by_operation(
        api,
        [
            {"path": ["paths", "/a", "get", "responses", "200"], "source": "a.yaml"},
            {"path": ["paths", "/a", "get"], "source": "a.yaml"},
            {"path": ["paths", "/a"], "source": "a.yaml"},
            {"path": ["info"], "source": "a.yaml"},
            {"path": ["paths", "/a", "post"], "source": "other.yaml"},
        ],
    )
    assert counted == {"GET /a": 2}


def test_events_and_webhooks_count_too_and_nothing_is_nothing() -> None:
    events = model.build(
        from_files(
            {
                "e.yaml": b"asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\nchannels: {c: {}}\noperations: {out: {action: send, channel: {$ref: '#/channels/c'}}}\n"
            },
            "e.yaml",
        )
    )
    (key,) = (operation.key for operation in events.operations)
    assert by_operation(events, [{"path": ["operations", "out", "action"], "source": "e.yaml"}]) == {key: 1}
    hooks = model.build(
        from_files(
            {
                "h.yaml": b"openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\nwebhooks: {shipped: {post: {responses: {}}}}\n"
            },
            "h.yaml",
        )
    )
    finding = {"path": ["webhooks", "shipped", "post", "responses"], "source": "h.yaml"}
    assert by_operation(hooks, [finding, finding]) == {"webhook:shipped": 2}
    assert by_operation(hooks, []) == {}
    assert by_operation(hooks, [{"path": [], "source": "h.yaml"}]) == {}
