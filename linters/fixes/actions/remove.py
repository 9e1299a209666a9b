"""`remove`: the node at the finding goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Remove
from linters.fixes.edits import CannotFix
from linters.lint import Finding


def _plan(finding: Finding, around: Surroundings, _options: Mapping[str, Any]) -> Iterator[Located]:
    around.value(finding, finding.path)
    if len(finding.path) < 2:
        raise CannotFix("it is too large a part of the document")
    ours, theirs = around.mentions, around.mentions_elsewhere
    if any(any(mentions.renamed(finding.source, finding.path, "")) for mentions in (ours, theirs)):
        raise CannotFix("a reference leads to it")
    yield finding.source, Remove(finding.path)


ACTION = Action({"type": "object", "additionalProperties": False}, _plan)
