from tests.linters.lint.linting import places, run

RULES = {
    "unused": {
        "given": "$.defs",
        "resolved": False,
        "then": {
            "function": "unreferencedReusableObject",
            "functionOptions": {"reusableObjectsLocation": "#/defs"},
        },
    }
}


def test_what_nothing_refers_to_is_told() -> None:
    value = {
        "a": {"$ref": "#/defs/used"},
        "defs": {
            "used": {"$ref": "#/defs/indirect/x"},
            "indirect": {"x": {}},
            "unused": {},
            "alone": {"$ref": "#/defs/alone"},
        },
    }
    assert places(run(RULES, value)) == ["unused defs/unused", "unused defs/alone"]


def test_other_targets_are_passed_over() -> None:
    assert run(RULES, {"defs": [1]}) == ()
