from __future__ import annotations

from typing import Any

import pytest

from .reading import read, refused

RULE = "{ given: '$', then: { function: truthy } }"
HELD = {"rules": {"r": {"given": "$", "then": {"function": "truthy"}}}}
FROM = "from '@stoplight/spectral-functions'"


@pytest.mark.parametrize(
    "text",
    [
        f"import {{ truthy }} {FROM}; export default {{ rules: {{ r: {RULE} }} }};",
        f"import {{ truthy as truthy, falsy, }} {FROM}\nexport default {{ rules: {{ r: {RULE} }} }}",
        f"import * as f {FROM}; const truthy = f.truthy; export default {{ rules: {{ r: {RULE} }} }}",
        f"import f {FROM}; const {{ truthy }} = f; export default {{ rules: {{ r: {RULE} }} }}",
        f"'use strict'; const {{ truthy }} = require('@stoplight/spectral-functions'); module.exports = {{ rules: {{ r: {RULE} }} }};",
        f"const f = require('@stoplight/spectral-functions'), {{ truthy: truthy }} = f; exports.default = {{ rules: {{ r: {RULE} }} }};",
        f"import {{ truthy }} {FROM}; const rules = {{ r: {RULE} }}; const all = {{ rules }}; export {{ all as default }};",
        f"import type {{ RulesetDefinition }} from '@stoplight/spectral-core'; import {{ truthy, type Fn }} {FROM}; const all: RulesetDefinition = {{ rules: {{ r: {RULE} }} }}; export default all;",
        f"import {{ truthy }} {FROM}; export const rules = {{ r: {RULE} }}; export default {{ rules }};",
    ],
)
def test_the_ways_to_write_one_ruleset(text: str) -> None:
    found: dict[str, Any] = read(text)
    assert found == HELD


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("const a = 1;", "exports nothing by default"),
        ("const a;", "given its value where it is declared"),
        ("for (;;) {}", "'for' begins a statement that has to be run"),
        ("function f() {}", "a function or class is code"),
        ("oas.rules.x = 1", "'oas' begins a statement that has to be run"),
        ("import './setup.js'", "'./setup.js'"),
        ("export function f() {}", "'function' is exported, which is no data"),
        ("module('x')", "'module' is for module.exports"),
        ("import { DiagnosticSeverities } from '@stoplight/types'", "has no 'DiagnosticSeverities'"),
    ],
)
def test_other_statements_are_refused(text: str, words: str) -> None:
    error = refused(text + "\n")
    assert words in error.message or "an import without names" in error.message
    assert error.line in (1, 2)
