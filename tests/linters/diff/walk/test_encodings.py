from __future__ import annotations

from typing import Any

import pytest

from linters.diff.transitions import Transition
from linters.diff.walk import bodies
from tests.linters.diff.building import http


def found(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    sides = [
        http(
            openapi="3.2.0", operation={"requestBody": {"content": {"multipart/form-data": one}}}
        ).operations[0]
        for one in (old, new)
    ]
    return [
        (one.element, one.action, one.path) for one in bodies.request(*sides) if isinstance(one, Transition)
    ]


BODY = "request body multipart/form-data"


@pytest.mark.parametrize(
    ("new", "element", "path"),
    [
        ({"encoding": {"file": {"contentType": "image/png"}}}, "encoding", "file"),
        ({"encoding": {"file": {"encoding": {"a": {"contentType": "a/b"}}}}}, "encoding", "file/a"),
        ({"prefixEncoding": [{"contentType": "a/b"}]}, "encoding", "[0]"),
        ({"itemEncoding": {"contentType": "a/b"}}, "encoding", "[]"),
        ({"encoding": {"file": {"headers": {"X-A": {"required": True}}}}}, "part-header", "file header X-A"),
        ({"encoding": {"file": {"x-a": 1}}}, "extension", "file"),
    ],
)
def test_what_is_stated_anew(new: dict[str, Any], element: str, path: str) -> None:
    ((of, _, where),) = found({}, new)
    assert (of, where) == (element, f"{BODY}: {path}")


def test_what_says_the_default_says_nothing() -> None:
    assert found({}, {"encoding": {"file": {"allowReserved": False}}}) == []


def form(properties: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"schema": {"type": "object", "properties": properties}, "encoding": encoding}


DEEP = {"style": "deepObject", "explode": True}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (form({}), form({"a": {"type": "object"}}, a=DEEP), []),
        (form({"a": {"type": "string"}}), form({"a": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}, a=DEEP), []),
        (form({"a": {"type": "object"}}), form({"a": {"type": "object"}}, a=DEEP), ["encoding"]),
        (form({"a": {"type": "string"}}), form({"a": {"type": "string"}}, a={"contentType": "a/b"}), ["encoding"]),
    ],
)  # fmt: skip
def test_how_a_form_is_written_counts_where_both_have_the_property_and_it_is_no_scalar(
    old: dict[str, Any], new: dict[str, Any], told: list[str]
) -> None:
    assert [of for of, _, _ in found(old, new)] == told
