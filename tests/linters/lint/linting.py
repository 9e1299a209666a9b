"""Short ways to lint a value in a test."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.document import Document, parse
from contracts.references import load
from linters.lint import Finding, Problem, functions, lint, load_ruleset
from linters.lint.function import Context


def document(value: Any, source: str = "doc.json") -> Document:
    return parse(json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(), source)


def run(rules: Mapping[str, Any], value: Any, source: str = "doc.json", **more: Any) -> tuple[Finding, ...]:
    """The findings of some rules on a value; `more` are further parts of the ruleset."""
    return lint(document(value, source), load_ruleset({"rules": rules, **more}))


def places(findings: tuple[Finding, ...]) -> list[str]:
    """`code path`, in order."""
    return [f"{finding.code} {'/'.join(map(str, finding.path))}".strip() for finding in findings]


def ask(
    name: str,
    target: Any,
    options: Mapping[str, Any] | None = None,
    path: tuple[str | int, ...] = ("x",),
    *,
    root: Any = None,
    formats: Iterable[str] = (),
) -> list[Problem]:
    """What a function objects to; `root` is the document's value where the function looks there."""
    function = functions.find(name)
    assert function is not None
    whole = {} if root is None else root
    context = Context(path, whole, load(document(whole)), frozenset(formats))
    return list(function.prepare(options or {})(target, context) or ())
