from __future__ import annotations

import time
from typing import Any

import pytest

from linters.lint import RuleFailed, budget
from linters.lint.budget import Exhausted, spend, spending

from .linting import run

SECONDS = 20.0
"""Of processor time, for the worst of the hostile cases: it takes a quarter of that."""

WIDE = {"items": [{"name": f"{'a' * 40}{index}!", "list": ["b"]} for index in range(4_000)]}
_SELF = "$.." + "[?(@.name || @.list)]^.." * 3 + "name"


def _deep(depth: int) -> Any:
    return {"a": _deep(depth - 1), "b": {}} if depth else {"c": 1}


def _doubling() -> Any:
    """Thirty lists, each of which refers to the next one twice: a thousand million nodes when unfolded."""
    lists: dict[str, Any] = {
        f"s{n}": [{"$ref": f"#/schemas/s{n + 1}"}, {"$ref": f"#/schemas/s{n + 1}"}] for n in range(30)
    }
    return {"schemas": {**lists, "s30": ["x"]}}


HOSTILE: dict[str, tuple[dict[str, Any], Any]] = {
    "a pattern that backtracks without bound": (
        {"given": "$..name", "then": {"function": "pattern", "functionOptions": {"match": "^(a|aa)+c"}}},
        WIDE,
    ),
    "a pattern that takes long, but not too long, at every text": (
        {
            "given": "$..name",
            "then": {"function": "pattern", "functionOptions": {"match": "a*a*a*a*a*[cd]"}},
        },
        WIDE,
    ),
    "an expression that begins anew at each match": ({"given": _SELF, "then": {"function": "truthy"}}, WIDE),
    "a filter of many parts": (
        {"given": f"$..[?({' || '.join(['@ === 1'] * 140)})]", "then": {"function": "falsy"}},
        {**WIDE, "more": {f"k{n}": {} for n in range(40_000)}},
    ),
    "a filter that turns all of the document into text": (
        {"given": "$..[?(@property && (@root.items + '') === @property)]", "then": {"function": "falsy"}},
        WIDE,
    ),
    "a text that unfolds": (
        {"given": "$.schemas[?((@ + '') === '')]", "then": {"function": "falsy"}},
        _doubling(),
    ),
    "a schema that looks at all that unfolds": (
        {
            "given": "$.schemas",
            "then": {
                "function": "schema",
                "functionOptions": {
                    "schema": {"additionalProperties": {"$ref": "#"}, "items": {"$ref": "#"}}
                },
            },
        },
        _doubling(),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_rule_is_stopped_and_named(name: str) -> None:
    rule, value = HOSTILE[name]
    begun = time.process_time()
    with pytest.raises(RuleFailed) as raised:
        run({"hostile": rule}, value)
    assert raised.value.rule == "hostile"
    assert time.process_time() - begun < SECONDS


HARMLESS: dict[str, tuple[str, Any]] = {
    "everything below everything": ("$..*..*", {**WIDE, **_deep(190)}),
    "many descents": ("$" + "..*" * 60, _deep(190)),
    "a descent to each of many names": ("$..[" + ",".join(f"'k{n}'" for n in range(1_000)) + "]", WIDE),
    "many steps": ("$" + ".a" * 180, _deep(190)),
    "everything that unfolds": ("$..*", _doubling()),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_hostile_comes_to_an_end(name: str) -> None:
    given, value = HARMLESS[name]
    begun = time.process_time()
    run({"harmless": {"given": given, "then": {"function": "defined"}}}, value)
    assert time.process_time() - begun < SECONDS


def test_a_run_ends_where_its_steps_end() -> None:
    with spending(10) as held:
        spend(7)
        assert held.left == 3
        with pytest.raises(Exhausted, match="more than 10 steps"):
            spend(4)


def test_runs_do_not_spend_of_one_another() -> None:
    with spending(10) as outer:
        with spending(5):
            spend(5)
        assert outer.left == 10
        assert budget.current() is outer


def test_without_a_run_there_is_no_end() -> None:
    spend(1e12)
    assert budget.current().left == float("inf")
