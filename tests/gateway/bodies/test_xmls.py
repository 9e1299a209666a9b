"""XML bodies by the schema's hints, and the texts that are refused."""

from typing import Any

import pytest

from gateway.bodies.xmls import parse_elements, parse_xml
from gateway.checks.shape import shape_of
from gateway.malformed import Malformed

NAMED = {"type": "object", "xml": {"name": "Pet"}, "properties": {"age": {"type": "integer"}}}
TEXTS = {"type": "array", "items": {"type": "string"}}


def read(schema: dict[str, Any], text: str) -> Any:
    return parse_xml(text.encode(), shape_of(schema), 1000)


def of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        (NAMED, "<Pet><age>5</age></Pet>", {"age": 5}),
        (NAMED, "<Pet><age>five</age></Pet>", {"age": "five"}),
        (NAMED, "<Pet/>", {}),
        (of(id={"type": "integer", "xml": {"attribute": True}}), '<a id="7"/>', {"id": 7}),
        (of(n={"type": "string", "xml": {"name": "name"}}), "<a><name>x</name></a>", {"n": "x"}),
        (of(items=TEXTS), "<a><items>1</items><items>2</items></a>", {"items": ["1", "2"]}),
        (of(items=TEXTS), "<a/>", {}),
        (of(items=TEXTS | {"xml": {"wrapped": True}}), "<a><items><i>1</i></items></a>", {"items": ["1"]}),
        (
            of(items={"type": "array", "items": {"type": "integer", "xml": {"name": "item"}}}),
            "<a><item>1</item></a>",
            {"items": [1]},
        ),
        (TEXTS, "<all><one>1</one><one>2</one></all>", ["1", "2"]),
        (of(b={"type": "string", "xml": {"namespace": "urn:b"}}), '<a xmlns:p="urn:b"><p:b>x</p:b></a>', {"b": "x"}),
        (of(deep=of(flag={"type": "boolean"})), "<a><deep><flag>true</flag></deep></a>", {"deep": {"flag": True}}),
        (of(t={"type": "string", "xml": {"nodeType": "text"}}), "<a>hello</a>", {"t": "hello"}),
        (of(), '<a x="1"><more>2</more></a>', {"x": "1", "more": "2"}),
        ({"type": "integer"}, "<n>12</n>", 12),
        ({}, "<a><b>1</b></a>", {"b": "1"}),
    ],
)  # fmt: skip
def test_xml_is_read_by_the_schema(schema: dict[str, Any], text: str, value: Any) -> None:
    assert read(schema, text) == value


@pytest.mark.parametrize(
    ("schema", "text", "code"),
    [
        (NAMED, "", "syntax"),
        (NAMED, "<Pet>", "syntax"),
        (NAMED, "<Pet/><Pet/>", "syntax"),
        (NAMED, "<Dog/>", "xml-name"),
        (NAMED, "<Pet><age>1</age><age>2</age></Pet>", "duplicate-key"),
        (NAMED, '<!DOCTYPE Pet [<!ENTITY e "x">]><Pet>&e;</Pet>', "doctype"),
        (of(b={"type": "string", "xml": {"namespace": "urn:b"}}), "<a><b>x</b></a>", "xml-namespace"),
        (
            of(
                l={
                    "type": "array",
                    "xml": {"wrapped": True},
                    "items": {"type": "string", "xml": {"name": "i"}},
                }
            ),
            "<a><l><j>1</j></l></a>",
            "xml-name",
        ),
        (of(), "<a>" + "<b/>" * 2000 + "</a>", "too-many"),
        (of(), "<a>" * 300 + "</a>" * 300, "too-deep"),
        (of(), '<?xml version="1.0" encoding="no-such"?><a/>', "encoding"),
    ],
)
def test_what_cannot_be_read_or_is_dangerous_is_refused(schema: dict[str, Any], text: str, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(schema, text)
    assert caught.value.code == code


def test_the_bound_counts_attributes_too() -> None:
    with pytest.raises(Malformed):
        parse_elements(b'<a b="1" c="2"/>', 2)
