"""Mending a contract in rounds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.document import parse
from contracts.references.loading import load
from linters.fixes import Level, mend, rounds
from linters.lint import lint, load_ruleset
from policies import rulesets

from .helpers import files, ruleset

BOTH = (Level.SAFE, Level.SUGGESTED)
CAMEL = {"do": "rename", "title": "In camelCase", "with": {"casing": "camel"}}
KEYS = {"field": "@key", "function": "pattern", "functionOptions": {"notMatch": "_"}}


def test_fixes_that_meet_are_made_in_rounds() -> None:
    fix = {"do": "set", "title": "Add both", "with": {"members": {"x": 1}}}
    rules = ruleset(fix, "$.m[*]", {"field": "x", "function": "truthy"})
    mended = mend(files(a="m: {a: {}, b: {y: {}}, c: {x: 1}}\n"), rules, BOTH)
    assert mended.contents == {"a.yaml": b"m: {a: {x: 1}, b: {y: {}, x: 1}, c: {x: 1}}\n"}
    assert len(mended.made) == 2
    assert mended.findings == ()


def test_only_the_levels_that_are_asked_for() -> None:
    documents = files(a="m: {a_b: {}}\n")
    rules = ruleset(CAMEL, "$.m", KEYS)
    assert mend(documents, rules, [Level.SAFE]).contents == {}
    assert mend(documents, rules, BOTH).contents == {"a.yaml": b"m: {aB: {}}\n"}


def test_a_fix_in_two_documents_is_made_in_both_or_not_at_all() -> None:
    texts = {"a": "m: {a_b: {}}\nuse: {$ref: 'b.yaml#/c'}\n", "b": "c: {$ref: 'a.yaml#/m/a_b'}\n"}
    rules = ruleset(CAMEL, "$.m", KEYS, resolved=False)
    mended = mend(files(**texts), rules, BOTH)
    assert mended.contents == {
        "a.yaml": b"m: {aB: {}}\nuse: {$ref: 'b.yaml#/c'}\n",
        "b.yaml": b"c: {$ref: 'a.yaml#/m/aB'}\n",
    }
    assert mend(files(**texts), rules, BOTH, writable=lambda name: name == "a.yaml").contents == {}


def test_a_fix_that_mends_nothing_or_harms_is_refused_and_the_others_are_made() -> None:
    useless = {"do": "rename", "title": "In kebab-case", "with": {"replace": [["^z_", "y_"], ["_", "-"]]}}
    mended = mend(files(a="m: {a_b: {}, z_c: {}, d_e: {}}\n"), ruleset(useless, "$.m", KEYS), BOTH)
    assert mended.contents == {"a.yaml": b"m: {a-b: {}, z_c: {}, d-e: {}}\n"}
    assert [refusal.reason for refusal in mended.refused] == ["the finding would stay"]


def test_after_many_refusals_the_rest_is_left() -> None:
    useless = {"do": "rename", "title": "Rename it", "with": {"replace": [["^z_", "y_"]]}}
    text = "m:\n" + "".join(f"  z_b{number}: {{}}\n" for number in range(rounds.REFUSED + 3))
    mended = mend(files(a=text), ruleset(useless, "$.m", KEYS), BOTH)
    assert len(mended.refused) == rounds.REFUSED
    assert mended.untried == 3
    assert mended.stopped == "10 fixes that had to be taken back"


def test_after_many_rounds_the_rest_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "m:\n  z_b: {}\n"
    assert mend(files(a=text), ruleset(CAMEL, "$.m", KEYS), BOTH).untried == 0
    monkeypatch.setattr(rounds, "ROUNDS", 0)
    mended = mend(files(a=text), ruleset(CAMEL, "$.m", KEYS), BOTH)
    assert (mended.made, mended.untried, mended.stopped) == ([], 1, "0 rounds")


def test_findings_that_do_not_concern_us_are_left() -> None:
    mended = mend(
        files(a="m: {a_b: {}, c_d: {}}\n"),
        ruleset(CAMEL, "$.m", KEYS),
        BOTH,
        concerns=lambda _, findings: [finding for finding in findings if finding.path[-1] == "c_d"],
    )
    assert mended.contents == {"a.yaml": b"m: {a_b: {}, cD: {}}\n"}


def test_rules_of_spectral_are_mended_too() -> None:
    text = """\
openapi: 3.0.3
info: {title: A, version: 1.0.0}
servers: [{url: https://api.acme.test/v1/}]
tags:
  - name: b  # bee
  - name: a
  - name: a
paths:
  /x/: {}
components:
  schemas:
    Used:
      properties:
        list: {type: array}
        code: {type: string, enum: [a, b, a]}
        next: {$ref: '#/components/schemas/Used', description: lost}
"""
    definition = {"extends": [["spectral:oas", "all"]]}
    rules = load_ruleset(definition, named=rulesets.definition)
    mended = mend(files(a=text), rules, BOTH)
    assert mended.contents["a.yaml"].decode() == (
        text.replace("v1/", "v1")
        .replace("  - name: b  # bee\n  - name: a\n  - name: a\n", "  - name: a\n  - name: b  # bee\n")
        .replace("/x/", "/x")
        .replace("type: array", "type: array, items: {}")
        .replace("b, a]", "b]")
        .replace(", description: lost", "")
    )


# -- documents in random layouts ----------------------------------------------------------------------

NAMES = st.sampled_from(["order_number", "dispatchedAt", "sscc", "countryCode", "due_date", "carrier"])
COMMENTS = st.sampled_from(["", "  # why", " # it's {odd}: [x], y"])


@st.composite
def contracts(draw: Any) -> str:
    """A contract with schemas in block and flow style, comments and blank lines anywhere, in both line endings."""
    step = draw(st.sampled_from(["  ", "    ", "   "]))
    lines = ["openapi: 3.1.1", "info:", f"{step}title: Orders", f"{step}version: v1{draw(COMMENTS)}"]
    lines += ["servers:", f"{step}- url: {draw(st.sampled_from(['', chr(39), chr(34)]))}", "paths: {}"]
    quote = lines[5][-1] if lines[5][-1] in "'\"" else ""
    lines[5] += f"http://api.example.com{quote}{draw(COMMENTS)}"
    lines += ["components:", f"{step}schemas:{draw(COMMENTS)}"]
    for schema in draw(st.lists(st.sampled_from(["order", "Line", "parcel_item"]), min_size=1, unique=True)):
        lines += [f"{step * 2}{schema}:{draw(COMMENTS)}", f"{step * 3}type: object{draw(COMMENTS)}"]
        names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
        if draw(st.booleans()):
            lines.append(f"{step * 3}required: [{names[0]}]{draw(COMMENTS)}")
        lines.append(f"{step * 3}properties:")
        for name in names:
            lines += draw(st.sampled_from([[], [""], [f"{step * 4}# about it"]]))
            style = draw(st.sampled_from(["block", "flow", "lines"]))
            if style == "block":
                lines += [f"{step * 4}{name}:", f"{step * 5}type: string{draw(COMMENTS)}"]
            elif style == "flow":
                lines.append(f"{step * 4}{name}: {{type: string}}{draw(COMMENTS)}")
            else:
                lines += [
                    f"{step * 4}{name}: {{{draw(COMMENTS)}",
                    f"{step * 5}type: string{draw(st.sampled_from(['', ',']))}{draw(COMMENTS)}",
                    f"{step * 4}}}{draw(COMMENTS)}",
                ]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join(lines) + draw(st.sampled_from(["", newline]))


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"(?<!\S)#[^\r\n]*", text))


@given(contracts())
@settings(max_examples=60, deadline=None)
def test_fixing_keeps_all_comments_and_line_ends_and_fixing_twice_changes_nothing(text: str) -> None:
    rules = rulesets.load("lading:all")
    documents = load(parse(text.encode(), "a.yaml"))
    before = lint(documents, rules)
    mended = mend(documents, rules, BOTH)
    after = mended.contents["a.yaml"].decode()
    assert len(mended.findings) <= len(before) - len(mended.made)
    assert comments(after) == comments(text)
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") - after.count("\r\n") in (0, after.count("\n"))
    assert after.endswith("\n") == text.endswith("\n")
    again = mend(mended.documents, rules, BOTH)
    assert again.contents == {}
    assert again.findings == mended.findings


@given(contracts(), st.sampled_from([None, 1, 2, 4, "\t"]))
@settings(max_examples=30, deadline=None)
def test_json_stays_json_in_its_layout(text: str, indent: int | str | None) -> None:
    rules = rulesets.load("lading:all")
    written = json.dumps(parse(text.encode(), "a.yaml").value, indent=indent)
    documents = load(parse(written.encode(), "a.json"))
    mended = mend(documents, rules, BOTH)
    after = mended.contents["a.json"].decode()
    assert json.dumps(json.loads(after), indent=indent) == after
    assert len(mended.findings) <= len(lint(documents, rules)) - len(mended.made)
