"""The examples of a rule as documents: each is the part that matters, put into the smallest document around it."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from contracts.document import parse
from linters.lint import lint, load_ruleset
from policies import rulesets

_BASES = {
    "oas2": {"swagger": "2.0"},
    "oas3.0": {"openapi": "3.0.3"},
    "oas3.2": {"openapi": "3.2.0"},
    "asyncapi2": {"asyncapi": "2.6.0"},
    "aas3": {"asyncapi": "3.0.0"},
    "arazzo1.0": {"arazzo": "1.0.1"},
}


def found(ruleset: str, code: str, example: str, formats: Iterable[str]) -> list[str]:
    """What a rule says of an example."""
    own = parse(example.encode()).value
    base = next(
        (_BASES[name] for name in formats if name in _BASES and "oas3" not in formats), {"openapi": "3.1.1"}
    )
    specification = {} if {"openapi", "swagger", "asyncapi", "arazzo"} & set(own) else base
    definition = {"extends": [[ruleset, "off"]], "rules": {code: True}}
    rules = load_ruleset(definition, named=rulesets.definition)
    document = parse(yaml.safe_dump({**specification, **own}, sort_keys=False).encode())
    return [finding.message for finding in lint(document, rules) if finding.code == code]
