from __future__ import annotations

from tests.linters.lint.linting import places, run

RULE = {
    "r": {
        "given": "$..[?(@property === '$ref')]",
        "resolved": False,
        "message": "{{error}}",
        "then": {"function": "refSiblings"},
    }
}


def test_each_neighbour_is_told() -> None:
    value = {"a": {"$ref": "#/b", "x": 1, "y": 2}, "b": {}, "c": [{"$ref": "#/b"}]}
    found = run(RULE, value)
    assert places(found) == ["r a/x", "r a/y"]
    assert found[0].message == "`x` stands beside a `$ref`, where it does not count."
