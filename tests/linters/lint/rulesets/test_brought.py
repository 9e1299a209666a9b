from __future__ import annotations

from typing import Any

import pytest

from contracts.errors import ContractError
from linters.lint import Function, Problem
from linters.lint.rulesets.brought import brought_functions
from linters.lint.rulesets.definition import Faults

SHOUT = Function("shout", None, lambda _: lambda target, context: [Problem("LOUD")])


def find(name: str, folder: str, source: str) -> Function:
    if name != "shout":
        raise ContractError("function-not-allowed", f"{source} wants {folder}/{name}.py.", advice="Allow it.")
    return SHOUT


def brought(definition: dict[str, Any], offered: Any) -> tuple[dict[str, Function], Faults]:
    faults = Faults("house.yaml")
    return brought_functions(definition, "house.yaml", offered, faults), faults


def test_functions_that_are_found_may_be_named() -> None:
    functions, faults = brought({"functions": ["shout"]}, find)
    assert (functions, faults.found) == ({"shout": SHOUT}, [])


def test_functions_that_were_handed_in_need_not_be_listed() -> None:
    assert brought({}, {"shout": SHOUT})[0] == {"shout": SHOUT}


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({"functions": ["whisper"]}, "house.yaml wants functions/whisper.py"),
        ({"functions": ["whisper"], "functionsDir": "./fn"}, "house.yaml wants ./fn/whisper.py"),
        ({"functions": [["shout"], 7]}, "a pair of its name and the JSON Schema"),
        ({"functions": "shout"}, "'functions' is a list"),
    ],
)
def test_what_is_not_found_or_badly_written_is_noted(definition: dict[str, Any], words: str) -> None:
    _, faults = brought(definition, find)
    assert words in faults.found[0].message
    assert faults.found[0].path[0] == "functions"


def test_the_schema_of_the_options_may_stand_in_the_ruleset() -> None:
    schema = {"type": "object"}
    assert brought({"functions": [["shout", schema]]}, find)[0]["shout"].options == schema
    own = Function("shout", {"required": ["a"]}, SHOUT.prepare)
    assert brought({"functions": [["shout", schema]]}, {"shout": own})[0]["shout"] is own
