from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.references import from_files
from linters.suppression import KEY, read_ignores
from linters.suppression.inline import MOST_ENTRIES

FINE: dict[str, Any] = {"rule": "a", "reason": "Agreed."}


def read(text: str, **others: str) -> tuple[list[str], list[str]]:
    """Ignores as `source node rule`, and what is said of broken ones, with their lines."""
    files = {"root.yaml": text, **{name.replace("_", "."): other for name, other in others.items()}}
    ignores, broken = read_ignores(
        from_files({name: one.encode() for name, one in files.items()}, "root.yaml")
    )
    assert {one.code for one in broken} <= {"ignore-malformed"}
    return (
        [f"{one.source} /{'/'.join(map(str, one.node))} {one.rule}" for one in ignores],
        [f"{one.range.start.line + 1}: {one.message}" for one in broken],
    )


def test_one_or_a_list_at_any_node_of_any_file() -> None:
    text = f"""
{KEY}: {{rule: naming-*, reason: All of it.}}
paths:
  /a:
    $ref: other.yaml
  /b:
    - x: {{{KEY}: [{{rule: a, reason: r, until: 2030-01-31}}, {{rule: b, reason: r}}]}}
"""
    ignores, broken = read(text, other_yaml=f"get: {{{KEY}: {{rule: c, reason: r}}}}")
    assert ignores == [
        "root.yaml / naming-*",
        "root.yaml /paths//b/0/x a",
        "root.yaml /paths//b/0/x b",
        "other.yaml /get c",
    ]
    assert broken == []


def test_until_is_a_day_and_the_place_is_known() -> None:
    text = f"info:\n  {KEY}:\n    - {{rule: a, reason: ' r ', until: 2030-01-31}}\n"
    ((one,), _) = read_ignores(from_files({"root.yaml": text.encode()}, "root.yaml"))
    assert (str(one.until), one.reason, one.path, one.range.start.line) == (
        "2030-01-31",
        "r",
        ("info", KEY, 0),
        2,
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("a", "only the code of a rule"),
        (["a"], "only the code of a rule"),
        (7, "a mapping with a `rule`"),
        (None, "a mapping with a `rule`"),
        ({"reason": "r"}, "names one `rule`"),
        ({"rule": ["a", "b"], "reason": "r"}, "names one `rule`"),
        ({"rule": "*", "reason": "r"}, "names one `rule`"),
        ({"rule": "a"}, "gives no reason"),
        ({"rule": "a", "reason": "  "}, "gives no reason"),
        ({"rule": "a", "reason": "r" * 3_000}, "longer than 2,000"),
        ({**FINE, "until": "soon"}, "`soon` is no day"),
        ({**FINE, "until": "2030-02-30"}, "is no day"),
        ({**FINE, "expires": "2030-01-01"}, "has no `expires`"),
    ],
)
def test_a_broken_one_ignores_nothing_and_is_told(entry: Any, words: str) -> None:
    ignores, (told,) = read(json.dumps({"info": {KEY: entry}}))
    assert ignores == []
    assert words in told
    assert "It ignores nothing." in told


def test_the_others_in_a_list_still_count() -> None:
    ignores, broken = read(f"{KEY}:\n- a\n- {{rule: b, reason: r}}\n")
    assert ignores == ["root.yaml / b"]
    assert [told[:2] for told in broken] == ["2:"]


def test_an_alias_is_read_once() -> None:
    ignores, _ = read(f"a: &a {{{KEY}: {{rule: b, reason: r}}}}\nc: *a\n")
    assert ignores == ["root.yaml /a b"]


def test_there_is_a_bound() -> None:
    ignores, broken = read(json.dumps({KEY: [FINE] * (MOST_ENTRIES + 1)}))
    assert len(ignores) == MOST_ENTRIES
    assert len(broken) == 1
    assert "the rest is not read" in broken[0]


@pytest.mark.parametrize("value", ["5", "null", "text", "[1, [2]]"])
def test_a_document_of_any_shape_may_speak_of_it(value: str) -> None:
    assert read(f"# {KEY}\n{value}\n") == ([], [])
