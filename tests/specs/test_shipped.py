"""The shipped contracts hold what they say: each is valid, and each example fits its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import pytest
import yaml

import specs

OWN = "lading.openapi"
"""The registry's own API: no logistics in it, and held to its own rules by its own tests."""

CONTRACTS = tuple(name for name in specs.names() if name.endswith((".openapi", ".asyncapi")))
EVENTS = "shipment-milestones.asyncapi"
DOCUMENT = "urn:document"


def load(name: str) -> dict[str, Any]:
    value = yaml.safe_load(specs.path(name).read_text("utf-8"))
    assert isinstance(value, dict)
    return value


def nodes(value: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield pointer, value
        for key, child in value.items():
            if key not in ("example", "examples"):
                yield from nodes(child, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from nodes(child, f"{pointer}/{index}")


def examples(document: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Where an example stands, the pointer of its schema, and the example."""
    for pointer, node in nodes(document):
        if "payload" in node:
            for index, example in enumerate(node.get("examples", ())):
                yield f"{pointer}/examples/{index}", f"{pointer}/payload", example["payload"]
            continue
        schema = f"{pointer}/schema" if "schema" in node else pointer
        if "example" in node:
            yield f"{pointer}/example", schema, node["example"]
        if isinstance(node.get("examples"), dict) and "schema" in node:
            for key, example in node["examples"].items():
                if "$ref" in example:
                    example = document["components"]["examples"][example["$ref"].rsplit("/", 1)[1]]
                yield f"{pointer}/examples/{key}", schema, example["value"]


def as_json_schema(value: Any) -> Any:
    """OpenAPI 3.0's `nullable`, said in JSON Schema."""
    if isinstance(value, list):
        return [as_json_schema(child) for child in value]
    if not isinstance(value, dict):
        return value
    turned = {key: as_json_schema(child) for key, child in value.items()}
    if turned.get("nullable") is True:
        turned["type"] = [turned["type"], "null"]
    return turned


def test_a_name_leads_to_a_file_and_an_unknown_one_to_advice() -> None:
    assert set(CONTRACTS) >= {"orders.openapi", "history/orders@1.4.0.openapi", EVENTS}
    assert specs.path("orders.openapi").read_bytes().startswith(b"openapi: 3.1")
    with pytest.raises(KeyError, match=r"orders\.openapi"):
        specs.path("order")


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_example_fits_its_schema(name: str) -> None:
    document = as_json_schema(load(name))
    resource = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    registry = jsonschema_rs.Registry([(DOCUMENT, resource)])
    found = list(examples(document))
    assert found or name == OWN, "a contract without an example teaches nobody"
    for where, pointer, example in found:
        validator = jsonschema_rs.Draft202012Validator(
            {"$ref": f"{DOCUMENT}#{quote(pointer)}"}, registry=registry, validate_formats=True
        )
        errors = [f"{error.instance_path}: {error.message}" for error in validator.iter_errors(example)]
        assert errors == [], where


@pytest.mark.parametrize("name", [name for name in CONTRACTS if name != OWN])
def test_text_numbers_and_lists_are_bounded(name: str) -> None:
    unbounded = []
    for pointer, node in nodes(load(name).get("components", {}).get("schemas", {})):
        kinds = node.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
        text = ("maxLength", "enum", "const", "format", "pattern")
        if (
            ("string" in kinds and not any(key in node for key in text))
            or ("array" in kinds and "maxItems" not in node)
            or ({"integer", "number"} & set(kinds) and not {"minimum", "maximum"} <= node.keys())
        ):
            unbounded.append(pointer)
    assert unbounded == []


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_contract_has_an_owner_and_every_operation_a_name(name: str) -> None:
    document = load(name)
    assert document["info"]["x-owner"]
    assert document["info"]["contact"]["email"].endswith("harbourline.example") or name == OWN
    operations = [
        operation
        for item in document.get("paths", {}).values()
        for method, operation in item.items()
        if method in ("get", "put", "post", "patch", "delete")
    ]
    identifiers = [operation["operationId"] for operation in operations]
    assert len(identifiers) == len(set(identifiers))
    assert all("429" in operation["responses"] for operation in operations if name != OWN)


def test_the_proposal_differs_from_the_current_version_by_what_it_is_said_to_break() -> None:
    current, proposal = load("last-mile.openapi"), load("history/last-mile-breaking-proposal.openapi")
    now, then = current["components"]["schemas"], proposal["components"]["schemas"]
    assert set(now["DeliveryJob"]["properties"]) - set(then["DeliveryJob"]["properties"]) == {
        "estimatedArrival"
    }
    assert set(then["Recipient"]["required"]) - set(now["Recipient"]["required"]) == {"phone"}
    assert {key for key in now if now[key] != then[key]} == {"DeliveryJob", "Recipient"}
    assert current["paths"] == proposal["paths"]
    assert (current["info"]["version"], proposal["info"]["version"]) == ("1.4.0", "1.5.0")


def test_check_digits_of_the_examples_are_right() -> None:
    """A GLN, GTIN or SSCC with a wrong check digit would be refused by the first scanner."""
    wrong = []
    for name in set(CONTRACTS) - {OWN}:
        for word in set(specs.path(name).read_text("utf-8").replace("'", " ").replace(",", " ").split()):
            if word.isdecimal() and len(word) in (13, 14, 18):
                digits = [int(digit) for digit in reversed(word)]
                if sum(digit * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10:
                    wrong.append((name, word))
    assert wrong == []
