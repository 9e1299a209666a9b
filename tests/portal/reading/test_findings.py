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
