"""The catalogue is written down beside this test, so that every change to a rule's terms is one reviewable line.

`python -m tests.policies.rulesets.test_rules` writes it anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contracts.document import parse
from policies import rulesets
from policies.rulesets import Mending, Rule, UnknownRule, catalogue, documented, mendings, own_rules, rule

from .examples import found

SNAPSHOT = Path(__file__).with_name("catalogue.txt")


def written() -> str:
    return "".join(
        f"{r.code:<36} {r.severity:<5} {'on' if r.recommended else 'asked':<5} {','.join(r.formats):<24} {r.description}\n"
        for r in catalogue().values()
    )


def test_the_catalogue_is_as_written_down() -> None:
    assert written() == SNAPSHOT.read_text("utf-8")


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_a_rule_teaches(entry: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", entry.code)
    assert entry.severity in {"error", "warn", "info", "hint"}
    assert entry.description.endswith(".")
    assert len(entry.description) < 90
    assert len(entry.why) > 50
    assert entry.source.startswith("https://")
    assert set(entry.formats) <= {"oas2", "oas3", "asyncapi2", "aas3", "arazzo1"}
    good, bad = parse(entry.good.encode()), parse(entry.bad.encode())
    assert isinstance(good.value, dict)
    assert isinstance(bad.value, dict)
    assert good.value != bad.value
    assert not good.diagnostics
    assert not bad.diagnostics


@pytest.mark.parametrize("entry", catalogue().values(), ids=lambda entry: entry.code)
def test_a_message_is_a_sentence_that_says_what_to_do(entry: Rule) -> None:
    own_words = re.sub(r"^\{\{error\}\}", "", entry.message).strip()
    assert entry.message.startswith("{{error}}") or own_words.endswith((".", "`."))
    assert not own_words or "." in own_words


def test_a_code_that_is_nearly_right_is_corrected() -> None:
    with pytest.raises(UnknownRule) as caught:
        rule("auth-no-basics")
    assert "auth-no-basic" in caught.value.advice


def test_two_rules_of_one_code_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policies.rulesets.rules.packs", lambda: ["auth", "naming"])
    monkeypatch.setattr("policies.rulesets.rules.definition", _same_rule)
    with pytest.raises(AssertionError, match=r"rule a-b is in auth.yaml and in naming.yaml"):
        catalogue.__wrapped__()


def _same_rule(name: str) -> dict[str, object]:
    entry = dict.fromkeys(("description", "message", "severity", "why", "good", "bad", "source"), "x")
    return {"rules": {"a-b": {**entry, "area": name.partition(":")[2], "formats": ["oas3"]}}}


OF_RULESETS = [
    pytest.param(name, entry, id=entry.code)
    for name in rulesets.names()
    if name.startswith(("owasp:", "profile:", "spectral:"))
    for entry in (documented()[code] for code in own_rules(name))
]

SILENT = {"arazzo-step-success-criteria-validation"}
"""Rules that find nothing whatever they are asked, as in Spectral; the ruleset says which rule of ours does."""


@pytest.mark.parametrize(("ruleset", "entry"), OF_RULESETS)
def test_the_examples_of_a_named_ruleset_are_what_its_rule_says_they_are(ruleset: str, entry: Rule) -> None:
    assert found(ruleset, entry.code, entry.good, entry.formats) == []
    messages = found(ruleset, entry.code, entry.bad, entry.formats)
    assert bool(messages) == (entry.code not in SILENT)
    for message in messages:
        assert "{{" not in message
        assert message.rstrip("`").endswith(".")


@pytest.mark.parametrize(("ruleset", "entry"), OF_RULESETS)
def test_a_rule_of_a_named_ruleset_teaches(ruleset: str, entry: Rule) -> None:
    assert entry.area == ruleset
    assert entry.description.endswith(".") or entry.description.endswith(").")
    assert len(entry.description) < 100
    assert len(entry.why) > 50
    assert entry.source.startswith("https://")


if __name__ == "__main__":
    SNAPSHOT.write_text(written(), "utf-8")


def test_the_ways_to_mend_are_told_with_their_levels() -> None:
    assert mendings({"fix": {"do": "set", "title": "Set it", "level": "safe"}}) == (
        Mending("Set it", "safe"),
    )
    assert mendings({"fix": [{"title": "A"}, "broken", {"title": "B", "level": "draft"}]}) == (
        Mending("A", "suggested"),
        Mending("B", "draft"),
    )
    assert mendings({}) == ()
    assert documented()["duplicated-entry-in-enum"].fixes == (
        Mending("Keep the first of equal values", "suggested"),
    )
