"""Each profile of a house with a document that it likes and one that it does not, and where houses disagree.

A file `<house>.yaml` holds the two documents under `pass` and `fail`, and under `finds` every rule that says
something of the second one that is worth a warning.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts.document import parse
from contracts.references import from_files
from lading.files import read_set
from linters.lint import Severity, lint
from policies import rulesets

FOLDER = Path(__file__).parent
HOUSES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def case(house: str) -> dict[str, Any]:
    path = FOLDER / f"{house}.yaml"
    value = parse(path.read_bytes(), path.name).value
    assert isinstance(value, dict)
    return value


def objections(house: str, text: str) -> set[str]:
    """The rules that have an error or a warning for a document."""
    found = lint(from_files({"a.yaml": text.encode()}, "a.yaml"), rulesets.load(f"profile:{house}"))
    return {finding.code for finding in found if finding.severity <= Severity.WARN}


def test_every_profile_has_its_documents() -> None:
    assert [f"profile:{house}" for house in HOUSES] == [
        n for n in rulesets.names() if n.startswith("profile:")
    ]


@pytest.mark.parametrize("house", HOUSES)
def test_what_a_house_likes(house: str) -> None:
    assert objections(house, case(house)["pass"]) == set()


@pytest.mark.parametrize("house", HOUSES)
def test_what_a_house_does_not_like(house: str) -> None:
    known = case(house)
    assert sorted(objections(house, known["fail"])) == known["finds"]


def document(path: str = "/orders", **more: Any) -> str:
    return json.dumps({"openapi": "3.0.3", "info": {}, "paths": {path: {}}, **more})


def with_property(name: str, kind: str) -> str:
    schema = {"type": "object", "properties": {name: {"type": kind}}}
    return document(components={"schemas": {"Order": schema}})


def with_error(media_type: str) -> str:
    content = {media_type: {"schema": {"properties": {key: {} for key in ("status", "title", "detail")}}}}
    responses = {"404": {"description": "None", "content": content}}
    return document(paths={"/orders": {"get": {"responses": responses}}})


def with_server(url: str) -> str:
    return document(servers=[{"url": url}])


VERSION = {"zalando": "zalando-115-no-version-in-address", "nl-gov": "nl-major-in-uri"}
PATH = {
    "adidas": "adidas-uri-no-hyphen",
    "zalando": "naming-path-kebab",
    "nl-gov": "nl-path-kebab",
    "sps": "naming-path-kebab",
    "dcsa": "dcsa-path-kebab",
}
PROPERTY = {
    "zalando": "naming-property-snake",
    "sps": "naming-property-camel",
    "adidas": "naming-property-camel",
    "dcsa": "dcsa-property-camel",
}
ERROR = {"nl-gov": "nl-problem-details", "zalando": "error-problem-json", "dcsa": "dcsa-json-only"}


@pytest.mark.parametrize(
    ("text", "rules", "refused_by"),
    [
        (with_server("https://api.example/orders/v1"), VERSION, {"zalando"}),
        (with_server("https://api.example/orders"), VERSION, {"nl-gov"}),
        (document("/purchase-orders"), PATH, {"adidas"}),
        (document("/purchaseOrders"), PATH, {"zalando", "nl-gov", "sps", "dcsa"}),
        (with_property("order_number", "string"), PROPERTY, {"sps", "adidas", "dcsa"}),
        (with_property("orderNumber", "string"), PROPERTY, {"zalando"}),
        (with_error("application/problem+json"), ERROR, {"dcsa"}),
        (with_error("application/json"), ERROR, {"nl-gov", "zalando"}),
    ],
    ids=["version", "no version", "kebab", "camel path", "snake", "camel", "problem", "own error"],
)
def test_houses_contradict_each_other(text: str, rules: dict[str, str], refused_by: set[str]) -> None:
    """On one question no document pleases all of the houses that have an answer to it."""
    assert {house for house, rule in rules.items() if rule in objections(house, text)} == refused_by


@pytest.mark.corpus
def test_what_dcsa_publishes_has_no_error_that_its_guide_would_not_raise(corpus: Path) -> None:
    """The adoption API is older than the rule that every answer carries API-Version, and its 400 has no body."""
    known = {
        "dcsa-adoption-1.0.0@2024-11-05.yaml": {"dcsa-version-header-answered", "dcsa-error-described"},
        "dcsa-tnt-2.2.0-remote-refs@2024-11-05.yaml": {"invalid-ref"},  # its domains lie on the network
    }
    ruleset = rulesets.load("profile:dcsa")
    found = {
        path.name: {
            f.code for f in lint(read_set(path, tolerant=True), ruleset) if f.severity is Severity.ERROR
        }
        for path in sorted((corpus / "openapi" / "dcsa").glob("*.yaml"))
    }
    assert len(found) > 10
    assert {name: codes for name, codes in found.items() if codes} == known
