from __future__ import annotations

from dataclasses import replace

from lading.explaining import text
from policies.rulesets import Rule

EXPECTED = """\
house-trace  error  house
Calls can be `traced`.
Looks at OpenAPI 3, AsyncAPI 3. Only on request.

Why
  Nobody can follow a call without.

Good
  a: 1

Bad
  b: 2

Fix
  safe, by `lading lint --fix`: Trace it
  a draft, in an editor, for a person to finish: Say how

Source  https://example.com/why"""


def shown(rule: Rule, *, colour: bool = False) -> str:
    return "\n".join(text.one(rule, colour=colour, width=80))


def test_all_that_a_rule_says(rule: Rule) -> None:
    assert shown(rule) == EXPECTED
    assert "\x1b[1;31merror\x1b[0m" in shown(rule, colour=True)


def test_what_a_rule_leaves_out_leaves_no_hole(bare: Rule) -> None:
    assert shown(bare) == "theirs  warn  theirs.yaml\nLooks at every document."


def test_rules_are_listed_by_area_and_fit_the_terminal(rule: Rule, bare: Rule) -> None:
    wordy = replace(rule, description="Calls can be `traced` again and again.")
    lines = list(text.listed([wordy, bare], colour=False, width=46))
    assert lines == [
        "house",
        "  error  house-trace  Calls can be `traced`",
        "                      again and again.",
        "",
        "theirs.yaml",
        "  warn   theirs",
        "",
        "lading explain RULE says more about one.",
    ]


def test_a_rule_cannot_write_escape_sequences(hostile: Rule) -> None:
    for written in (shown(hostile), "\n".join(text.listed([hostile], colour=False, width=80))):
        assert "\x1b" not in written
        assert "\u202e" not in written
        assert not any(line.startswith("::") for line in written.splitlines())
