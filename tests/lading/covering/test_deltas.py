from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lading.covering.deltas import Delta, deltas, filled, report

MIRROR = {"breaks consumers": "breaks providers", "breaks providers": "breaks consumers"}
SAME, MIRRORED = False, True
EVENTS = "asyncapi/operation-{}-message-{}".format
BODY, ANSWER, PARAMETER = (f"openapi/{one}-schema" for one in ("request-body", "response-body", "parameters"))
NARROWER = frozenset(
    (
        "add-enum",
        "add-max-length-for-string-property",
        "add-maximum-for-number-property",
        "add-exclusive-maximum",
    )
)
"""Changes that narrow what a schema takes, whatever it was before."""
AS_TEXT = frozenset(
    (
        "add-union-type",
        "remove-union-type",
        "update-schema-type",
        "update-specific-type-to-number-with-exclusive-value",
    )
)
"""In a query values are text, so that other types read alike."""
DIALECT = ("nullable", "mark-schema-value-as-n", "exclusive", "inclusive")
"""Words of OpenAPI 3.0 that AsyncAPI lacks: unknown there."""


@cache
def found(folder: Path) -> tuple[Delta, ...]:
    return tuple(deltas(folder / "breaking" / "qubership-schema-deltas"))


@pytest.mark.parametrize(
    ("one", "other", "mirrored"),
    [
        (BODY, ANSWER, MIRRORED),
        (PARAMETER, "openapi/response-headers-schema", MIRRORED),
        (BODY, PARAMETER, SAME),
        (EVENTS("receive", "payload"), EVENTS("send", "payload"), MIRRORED),
        (EVENTS("receive", "headers"), EVENTS("send", "headers"), MIRRORED),
        (EVENTS("reply-receive", "payload"), EVENTS("send", "payload"), SAME),
        (EVENTS("reply-receive", "headers"), EVENTS("send", "headers"), SAME),
        (EVENTS("reply-send", "payload"), EVENTS("receive", "payload"), SAME),
        (EVENTS("reply-send", "headers"), EVENTS("receive", "headers"), SAME),
        (BODY, EVENTS("receive", "payload"), SAME),
        (ANSWER, EVENTS("send", "payload"), SAME),
    ],
)
def test_places_mirror_each_other(conformance: Path, one: str, other: str, mirrored: bool) -> None:
    for delta in found(conformance):
        first, second = delta.outcomes[one], delta.outcomes[other]
        if other == PARAMETER and delta.name in AS_TEXT:
            continue
        if (
            "openapi" in one
            and "asyncapi" in other
            and second == "unknown"
            and any(w in delta.name for w in DIALECT)
        ):
            continue
        assert second == (MIRROR.get(first, first) if mirrored else first), delta.name


def test_what_narrows_breaks_consumers_in_requests_and_providers_in_responses(conformance: Path) -> None:
    seen = [delta for delta in found(conformance) if delta.name in NARROWER]
    assert {delta.name for delta in seen} == NARROWER
    for delta in seen:
        assert (delta.outcomes[BODY], delta.outcomes[ANSWER]) == ("breaks consumers", "breaks providers")


def test_the_published_table_is_true(conformance: Path, root: Path) -> None:
    """`make coverage` writes it anew."""
    assert (root / "docs" / "breaking-deltas.md").read_text("utf-8") == report(list(found(conformance)))


def test_a_schema_is_indented_as_its_gap_is() -> None:
    assert (
        filled("a:\n  __SCHEMA__\n", "type: object\nminProperties: 1")
        == "a:\n  type: object\n  minProperties: 1\n"
    )
