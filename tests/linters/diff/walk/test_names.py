from __future__ import annotations

from linters.diff.walk import names
from tests.linters.diff.building import http


def _found(base: dict[str, object], revision: dict[str, object]) -> list[tuple[str, str]]:
    pair = http(schemas=base).documents, http(schemas=revision).documents
    return [(one.element, one.action) for one in names.walk(*pair)]


def test_schemas_that_are_called_otherwise() -> None:
    assert _found({"A": {}}, {"B": {}}) == [("schema-name", "removed"), ("schema-name", "added")]
    assert _found({"A": {}}, {"A": {"type": "string"}}) == []


def test_names_of_enum_values_below_a_schema() -> None:
    def order(values: list[str], names: list[str]) -> dict[str, object]:
        return {"Order": {"properties": {"state": {"enum": values, "x-enum-varnames": names}}}}

    assert _found(order(["a", "b"], ["A", "B"]), order(["a", "b"], ["A", "Bee"])) == [
        ("enum-name", "changed")
    ]
    # Another order and one more value rename nothing.
    assert _found(order(["a", "b"], ["A", "B"]), order(["b", "a", "c"], ["B", "A", "C"])) == []
    assert _found(order(["a"], ["A"]), {"Order": {"properties": {"state": {"enum": ["a"]}}}}) == [
        ("enum-name", "changed")
    ]


def test_what_is_no_mapping_has_no_names() -> None:
    assert _found({"A": [1]}, {"A": None}) == []
