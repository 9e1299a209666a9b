from __future__ import annotations

import pytest

from contracts.document import parse
from contracts.model import HttpApi, build
from contracts.references import load
from registry.services.declared import answers, places

TEXT = """
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths:
  /a/{id}:
    post:
      parameters:
        - {name: id, in: path, required: true, schema: {enum: [x]}}
        - {name: state, in: query, schema: {type: array, items: {enum: [open, 3]}}}
        - {name: X-Kind, in: header, schema: {enum: [big]}}
      requestBody:
        content:
          application/json: {schema: {properties: {name: {type: string}, id: {type: string, readOnly: true}}}}
          application/vnd.a+json: {schema: {properties: {name: {type: string}, more: {type: string}}}}
          text/csv: {schema: {properties: {row: {}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {type: array, items: {properties: {a: {}}}}}}}
        4xx: {description: d}
        default: {description: d}
"""


def test_places_are_told_as_gateways_report_them() -> None:
    api = build(load(parse(TEXT.encode(), "a.yaml")))
    assert isinstance(api, HttpApi)
    found = {
        f"{place.part} {place.pointer}" + ("" if place.value is None else f"={place.value}")
        for place in places(api)["POST /a/{id}"]
    }
    assert found - {"request /id"} == {
        "query /state", "query /state=open", "query /state=3", "header /X-Kind", "header /X-Kind=big", "request /name",
        "request /more", "response 200 /*/a", "status /200", "status /4XX", "status /default",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "declared", "found"),
    [
        ("404", ["404", "4XX", "default"], "404"),
        ("404", ["4XX", "default"], "4XX"),
        ("500", ["4XX", "default"], "default"),
        ("500", ["200"], None),
    ],
)
def test_the_declared_response_for_a_status(status: str, declared: list[str], found: str | None) -> None:
    assert answers(status, declared) == found
