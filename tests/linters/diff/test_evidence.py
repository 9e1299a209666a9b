from __future__ import annotations

from linters.diff.evidence import Evidence, facet
from linters.diff.policy import BACKWARD
from linters.diff.proof import Outcome
from linters.diff.schemas import Node

from .building import node, reader

OUTER = {
    "type": "object",
    "required": ["a", "b"],
    "properties": {"a": {"type": "string"}},
    "additionalProperties": False,
}


def test_facets_are_some_keywords_about_one_property() -> None:
    assert facet(True, OUTER, ("required",), "b") == {"required": ["b"]}
    assert facet({"properties": {"c": {}}}, OUTER, ("properties", "additionalProperties"), "a") == {
        "properties": {"c": True, "a": {"type": "string"}}, "additionalProperties": False,
    }  # fmt: skip
    assert facet(True, OUTER, ("maxLength",), None) is True
    assert facet(True, {"anyOf": [OUTER]}, ("maxLength",), None) == {"anyOf": [OUTER]}
    assert facet(True, OUTER, (), None) == OUTER


def evidence(base: object, revision: object) -> tuple[Evidence, Node, Node]:
    found = Evidence(reader(base).documents, reader(revision).documents, BACKWARD)
    return found, node(base), node(revision)


def test_proofs_go_either_way() -> None:
    found, base, revision = evidence({"type": "integer"}, {"type": "number"})
    assert found.contained(base, revision, None, base_inside=True) is None
    assert found.contained(base, revision, None, base_inside=False) is not None
    assert found.prove(base, revision, None, base_inside=False).outcome is Outcome.NO


def test_leaves_are_proved_once_and_strict_ones_never_speak_for_the_whole() -> None:
    found, base, revision = evidence(
        {"type": "string", "maxLength": 5}, {"allOf": [{"type": "string", "maxLength": 4}]}
    )
    first = found.leaf(base, revision, None, ("maxLength",), None, base_inside=True)
    assert first.outcome is Outcome.NO
    assert found.leaf(base, revision, None, ("maxLength",), None, base_inside=True) is first
    assert (
        found.leaf(base, revision, None, ("maxLength",), None, base_inside=True, strict=True).outcome
        is Outcome.YES
    )


def test_what_is_not_understood_alike_on_both_sides_is_no_obstacle() -> None:
    found, base, revision = evidence({"colour": "red", "minLength": 1}, {"colour": "red"})
    assert found.unclear(base, revision, None) == ()
    found, base, revision = evidence({"colour": "red"}, {"size": 1})
    assert len(found.unclear(base, revision, None)) == 2
