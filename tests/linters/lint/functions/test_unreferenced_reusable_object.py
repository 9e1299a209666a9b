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


def test_while_references_lead_nowhere_nothing_is_said_where_that_is_asked_for() -> None:
    value = {"a": {"$ref": "#/defs/usde"}, "defs": {"used": {}}}
    options = {"reusableObjectsLocation": "#/defs", "unlessBroken": True}
    rules = {
        "unused": {
            **RULES["unused"],
            "then": {"function": "unreferencedReusableObject", "functionOptions": options},
        }
    }
    assert places(run(RULES, value)) == ["invalid-ref a/$ref", "unused defs/used"]
    assert places(run(rules, value)) == ["invalid-ref a/$ref"]
    assert places(run(rules, {"defs": {"used": {}}})) == ["unused defs/used"]
