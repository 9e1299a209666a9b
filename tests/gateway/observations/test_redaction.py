import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.observations.redaction import redacted, sample, told
from gateway.verdicts import Fault

SECRETS = st.recursive(
    st.just("SECRET-VALUE") | st.just(981273645) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


@given(SECRETS)
def test_no_value_is_left(value: object) -> None:
    text = json.dumps(redacted(value))
    assert "SECRET" not in text
    assert "981273645" not in text


def test_the_surroundings_of_a_fault() -> None:
    body = b'{"lines":[{"sku":"a","price":{"amount":1.5}}],"note":null,"ok":true}'
    assert sample(body, "/lines/0/price/amount") == {"at": {"amount": "number"}}
    assert sample(body, "/lines/0/missing") == {"at": {"sku": "string of 1", "price": {"amount": "number"}}}
    assert sample(body, "") == {
        "at": {"lines": [{"sku": "string of 1", "price": "object of 1"}], "note": "null", "ok": "boolean"}
    }
    assert sample(b"no json", "") is None
    assert sample(b"", "") is None


@pytest.mark.parametrize(
    ("place", "pointer", "code", "schema", "told_pointer"),
    [
        ("body", "/lines/0/sku", "type", "", "/lines/0/sku"),
        ("body", "/labels/4711-0815-9f/x", "type", "/properties/labels/additionalProperties", "/labels/*/x"),
        ("body", "/iso3166Code", "enum", "/properties/iso3166Code/enum", "/iso3166Code"),
        ("body", "/sk_live_0815", "unknown-property", "/x/sk_live_0815", "/*"),
        ("body", "/a/ada@example.org", "unknown-property", "", "/a/*"),
        ("query", "/s3cr3t0815", "unknown-parameter", None, "/*"),
        ("query", "/debug", "unknown-parameter", None, "/debug"),
        ("query", "/iso3166Code", "enum", None, "/iso3166Code"),
        ("body", "", "syntax", None, ""),
    ],
)
def test_names_that_are_data_are_not_told(
    place: Any, pointer: str, code: str, schema: str | None, told_pointer: str
) -> None:
    assert told(Fault(place, pointer, "m", code, schema)) == (told_pointer, "m")


def test_messages_name_what_reads_like_a_name() -> None:
    message = "Additional properties are not allowed ('colour', 's3cr3t0815' were unexpected)"
    fault = Fault("body", "", message, "additionalProperties")
    assert told(fault)[1] == "Additional properties are not allowed ('colour', '*' were unexpected)"
    required = Fault("body", "", '"iso3166Code" is a required property', "required")
    assert told(required)[1] == required.message


def test_samples_have_no_names_that_are_data() -> None:
    assert redacted({"sku": "a", "4711-0815-9f": 1, "ada@example.org": 2}) == {
        "sku": "string of 1",
        "*": "integer",
    }
