"""Words that explanations share."""

from __future__ import annotations

from collections.abc import Iterable

from policies.rulesets import Mending

_SPECIFICATIONS = {
    "oas2": "OpenAPI 2.0",
    "oas3": "OpenAPI 3",
    "oas3.0": "OpenAPI 3.0",
    "oas3.1": "OpenAPI 3.1",
    "oas3.2": "OpenAPI 3.2",
    "asyncapi2": "AsyncAPI 2",
    "aas2": "AsyncAPI 2",
    "aas3": "AsyncAPI 3",
}


def specifications(formats: Iterable[str]) -> str:
    """`OpenAPI 2.0, OpenAPI 3`; `every document` for a rule that is about no format in particular."""
    named = [_SPECIFICATIONS.get(name.replace("_", "."), _SPECIFICATIONS.get(name, name)) for name in formats]
    return ", ".join(dict.fromkeys(named)) or "every document"


_LEVELS = {
    "safe": "safe, by `lading lint --fix`",
    "suggested": "suggested, by `lading lint --fix-suggested`",
    "draft": "a draft, in an editor, for a person to finish",
}


def mended(fix: Mending) -> str:
    """How far a fix may be trusted, who makes it, and what it does."""
    return f"{_LEVELS.get(fix.level, fix.level)}: {fix.title}"
