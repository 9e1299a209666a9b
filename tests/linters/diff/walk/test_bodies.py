from __future__ import annotations

import pytest

from linters.diff.transitions import SchemaPair, Transition
from linters.diff.walk import bodies
from tests.linters.diff.building import http


def operation(body: object):
    return http(operation={} if body is None else {"requestBody": body}).operations[0]


JSON = {"content": {"application/json": {"schema": {"type": "object"}}}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, JSON, [("request-body", "added-optional")]),
        (None, {**JSON, "required": True}, [("request-body", "added-required")]),
        (JSON, None, [("request-body", "removed")]),
        (JSON, {**JSON, "required": True}, [("request-body", "became-required")]),
        (
            JSON,
            {"content": {"text/csv": {}}},
            [("request-media-type", "removed"), ("request-media-type", "added")],
        ),
        (JSON, {"content": {"Application/JSON": {"schema": {"type": "object"}}}}, []),
    ],
)
def test_request_bodies(old: object, new: object, expected: list[tuple[str, str]]) -> None:
    found = [one for one in bodies.request(operation(old), operation(new)) if isinstance(one, Transition)]
    assert [(one.element, one.action) for one in found] == expected


def test_schemas_and_encodings_are_handed_on() -> None:
    form = {
        "content": {"multipart/form-data": {"schema": {}, "encoding": {"a": {"contentType": "text/plain"}}}}
    }
    other = {
        "content": {"multipart/form-data": {"schema": {}, "encoding": {"a": {"contentType": "image/png"}}}}
    }
    found = list(bodies.request(operation(form), operation(other)))
    assert [one.element for one in found if isinstance(one, Transition)] == ["encoding"]
    assert sum(isinstance(one, SchemaPair) for one in found) == 1
