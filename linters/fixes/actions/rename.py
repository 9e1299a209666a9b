"""`rename`: the key at the finding gets another name, and what refers to it follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.fixes import texts
from linters.fixes.action import Action, Located, Surroundings
from linters.fixes.changes import Put, Rename
from linters.fixes.edits import CannotFix
from linters.lint import Finding

_SCHEMAS = frozenset({("components", "schemas"), ("definitions",)})


def _plan(finding: Finding, around: Surroundings, options: Mapping[str, Any]) -> Iterator[Located]:
    path = finding.path
    if not path or not isinstance(path[-1], str):
        raise CannotFix("it has no name of its own")
    old = path[-1]
    new = texts.changed(old, options)
    if not isinstance(around.value(finding, path), dict):
        raise CannotFix("it names no object")
    beside = around.value(finding, path[:-1])
    if new in beside:
        raise CannotFix(f"the name {new!r} is taken")
    if path[:-1] in _SCHEMAS and around.mentions.discriminates:
        raise CannotFix("with a discriminator the names of schemas may be values on the wire")
    required = list(_required(finding, around, old, new))
    if around.mentions.is_said(old) and not options.get("unsaid"):
        raise CannotFix(f"{old!r} is written elsewhere too, and may mean this")
    if any(around.mentions_elsewhere.renamed(finding.source, path, new)):
        raise CannotFix("another contract refers to it")
    yield finding.source, Rename(path, new)
    yield from required
    yield from around.mentions.renamed(finding.source, path, new)


def _required(finding: Finding, around: Surroundings, old: str, new: str) -> Iterator[Located]:
    """The entry of a property in the `required` beside the `properties`."""
    path: Path = finding.path
    if len(path) < 2 or path[-2] != "properties":
        return
    schema = around.value(finding, path[:-2])
    listed = schema.get("required")
    for index, name in enumerate(listed if isinstance(listed, list) else ()):
        if name == old:
            yield finding.source, Put((*path[:-2], "required", index), new)


ACTION = Action(
    {
        "type": "object",
        "properties": {**texts.OPTIONS, "unsaid": {"type": "boolean"}},
        "anyOf": [{"required": ["casing"]}, {"required": ["replace"]}],
        "additionalProperties": False,
    },
    _plan,
)
"""`unsaid`: the name is not one that other places speak of, so that the same text elsewhere means something else."""
