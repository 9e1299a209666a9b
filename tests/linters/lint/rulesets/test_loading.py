from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from contracts.errors import ContractError
from linters.lint import Function, RulesetError, Severity, load_ruleset

FALSY = {"given": "$.a", "then": {"function": "falsy"}}
QUIET = {**FALSY, "recommended": False}


def _load(definition: Any, files: Mapping[str, bytes] | None = None, **more: Any) -> dict[str, Severity]:
    """The rules that run and their severities."""

    def read(name: str, base: str) -> bytes:
        if files is None or name not in files:
            raise ContractError("no-such-file", f"There is no file {name} beside {base}.")
        return files[name]

    ruleset = load_ruleset(definition, read=read, **more)
    return {rule.name: rule.severity for rule in ruleset.running if rule.severity is not None}


NAMED = {"base:all": {"rules": {"r": QUIET, "s": {**FALSY, "severity": "error"}}}}


@pytest.mark.parametrize(
    ("definition", "running"),
    [
        ({"extends": "base:all"}, {"s": 0}),
        ({"extends": [["base:all", "all"]]}, {"r": 1, "s": 0}),
        ({"extends": [["base:all", "off"]], "rules": {"r": True}}, {"r": 1}),
        ({"extends": "base:all", "rules": {"s": "hint", "r": "info"}}, {"s": 3, "r": 2}),
        ({"extends": "base:all", "rules": {"s": "off"}}, {}),
        ({"extends": "base:all", "rules": {"s": False}}, {}),
        ({"extends": {"extends": "base:all", "rules": {"s": "off"}}, "rules": {"s": True}}, {}),
        ({"extends": [["base:all", "off"], [{"rules": {"t": FALSY}}, "recommended"]]}, {"t": 1}),
        ({"extends": [[{"extends": [["base:all", "all"]], "rules": {"t": FALSY}}, "off"]]}, {}),
        ({"extends": "base:all", "rules": {"s": {"given": "$.b", "then": {"function": "truthy"}}}}, {"s": 0}),
    ],
)
def test_extends(definition: Any, running: dict[str, int]) -> None:
    assert _load(definition, named=NAMED) == running


def test_files_are_read_through_what_was_handed_in() -> None:
    files = {
        "./base.yaml": b"extends: ./deep/core.json\n",
        "./deep/core.json": b'{"rules": {"r": {"given": "$", "then": {"function": "truthy"},},}}',
    }
    assert _load({"extends": ["./base.yaml"]}, files) == {"r": 1}
    with pytest.raises(RulesetError) as error:
        _load({"extends": ["./nope.yaml"]}, files)
    assert (error.value.code, error.value.path) == ("unreadable-ruleset", ("extends", 0))


def test_javascript_that_is_data_is_read_and_code_is_refused_with_its_line() -> None:
    files = {
        "./data.mjs": b"import { truthy } from '@stoplight/spectral-functions'; export default { rules: { r: { given: '$', then: { function: truthy } } } }",
        "./code.mjs": b"export default {\n  rules: makeRules(),\n}",
    }
    assert _load({"extends": "./data.mjs"}, files) == {"r": 1}
    with pytest.raises(RulesetError, match=r"makeRules\(\) has to be run") as error:
        _load({"extends": "./code.mjs"}, files)
    assert (error.value.source, error.value.line) == ("code.mjs", 2)


def test_a_function_of_its_own_is_refused_by_name() -> None:
    with pytest.raises(RulesetError, match="'shout'") as error:
        _load({"functions": ["shout"], "rules": {}})
    assert error.value.code == "function-not-allowed"


def test_unknown_rulesets_and_rules() -> None:
    with pytest.raises(RulesetError) as error:
        _load({"extends": "spectral:nope"}, named=NAMED)
    assert error.value.code == "unknown-ruleset"
    with pytest.raises(RulesetError) as error:
        _load({"rules": {"r": "warn"}})
    assert error.value.code == "undefined-rule"


def test_circles_add_nothing_and_endless_chains_are_stopped() -> None:
    circle: dict[str, Any] = {"rules": {"r": FALSY}}
    circle["extends"] = [circle]
    assert _load(circle) == {"r": 1}

    class Endless(dict[str, Any]):
        def get(self, name: str, default: Any = None) -> Any:
            return {"extends": f"x:{name}x"}

    with pytest.raises(RulesetError, match="extend one another"):
        _load({"extends": "x:x"}, named=Endless())


def test_yaml_text_and_broken_text() -> None:
    assert _load("rules:\n  r:\n    given: $\n    then: {function: truthy}\n") == {"r": 1}
    with pytest.raises(RulesetError) as error:
        _load(b"rules: [\n", source="mine.yaml")
    assert (error.value.code, error.value.source) == ("unreadable-ruleset", "mine.yaml")
    assert error.value.line is not None


def test_formats_parser_options_and_addresses_are_inherited() -> None:
    base = {
        "formats": ["oas2"],
        "parserOptions": {"duplicateKeys": "warn"},
        "documentationUrl": "https://docs.example/lint",
        "rules": {"r": FALSY},
    }
    ruleset = load_ruleset({"extends": base, "formats": ["oas3"], "rules": {"own": FALSY}})
    assert ruleset.rules["r"].formats == {"oas2"}
    assert ruleset.rules["own"].formats == {"oas3"}
    assert ruleset.formats == {"oas2", "oas3"}
    assert ruleset.parser_options["duplicateKeys"] is Severity.WARN
    assert ruleset.rules["r"].documentation_url == "https://docs.example/lint#r"
    assert ruleset.rules["own"].documentation_url is None


def test_what_a_rule_says_about_itself_is_kept() -> None:
    ruleset = load_ruleset(
        {"rules": {"r": {**FALSY, "why": "because", "good": "a", "bad": "b", "source": "x", "area": "auth"}}}
    )
    assert ruleset.rules["r"].documentation == {
        "why": "because",
        "good": "a",
        "bad": "b",
        "source": "x",
        "area": "auth",
    }


def test_functions_that_were_allowed_are_used() -> None:
    mine = Function("mine", None, lambda _options: lambda _target, _context: None)
    definition = {"functions": ["mine"], "rules": {"r": {"given": "$", "then": {"function": "mine"}}}}
    assert _load(definition, functions={"mine": mine}) == {"r": 1}


def test_rules_of_an_older_spectral_are_switched_by_their_older_names() -> None:
    base = {"rules": {"operation-success-response": FALSY}}
    assert _load({"extends": base, "rules": {"operation-2xx-response": "error"}}) == {
        "operation-success-response": 0
    }


def test_functions_belong_to_the_ruleset_that_brings_them() -> None:
    shout = Function("shout", None, lambda _: lambda target, context: None)
    loud = {"functions": ["shout"], "rules": {"loud": {"given": "$", "then": {"function": "shout"}}}}
    assert _load({"extends": loud}, functions=lambda *_: shout) == {"loud": 1}
    with pytest.raises(RulesetError, match="no function 'shout'"):
        _load({"extends": loud, "rules": {"own": loud["rules"]["loud"]}}, functions=lambda *_: shout)  # type: ignore[index]
