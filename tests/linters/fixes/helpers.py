"""What the tests of fixes have in common."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.document import Document, parse
from contracts.pointers import Path
from contracts.positions import NOWHERE
from contracts.references import DocumentSet, from_files
from linters.fixes.action import Located, Surroundings
from linters.fixes.actions import find
from linters.fixes.changes import Change, applied
from linters.fixes.edits import edited
from linters.fixes.page import Page
from linters.fixes.typesetting import edits
from linters.lint import Finding, Ruleset, Severity, load_ruleset


def document(text: str) -> Document:
    return parse(text.encode(), "a.yaml" if not text.lstrip().startswith("{") else "a.json")


def typeset(text: str, *changes: Change) -> str:
    """The text with changes made; what it says is checked as well."""
    before = document(text)
    page = Page(before)
    after = edited(text, [edit for change in changes for edit in edits(page, change)])
    assert repr(document(after).value) == repr(applied(before.value, changes))
    return after


def files(**texts: str) -> DocumentSet:
    """Documents by their names without `.yaml`; the first is the root."""
    named = {f"{name}.yaml": text.encode() for name, text in texts.items()}
    return from_files(named, next(iter(named)))


def finding(*path: str | int, code: str = "rule", source: str = "a.yaml") -> Finding:
    return Finding(code, "", path, Severity.WARN, NOWHERE, source)


def planned(action: str, documents: DocumentSet, path: Path, **options: object) -> list[Located]:
    return list(find(action).plan(finding(*path), Surroundings(documents), options))


def ruleset(fix: object, given: str, then: object, **more: object) -> Ruleset:
    """One rule, called `rule`."""
    rule = {"given": given, "then": then, "message": "no", "severity": "warn", "fix": fix, **more}
    return load_ruleset({"rules": {"rule": rule}})


def changes(located: Iterable[Located]) -> list[Change]:
    return [change for _, change in located]
