"""`arazzoStepRequestBodyValidation`: the request body of each step has a media type and sound expressions.

The target is the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from ._documents import listed, named, steps, workflows
from ._expressions import holds

_MEDIA_TYPE = re.compile(
    r"(application|audio|font|example|image|message|model|multipart|text|video)/[a-zA-Z0-9!#$&^_.+-]{1,127}"
)


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, _context: Context) -> Iterable[Problem]:
    for workflow in workflows(target):
        for path, step in steps(workflow):
            yield from _body(named(step, "requestBody"), (*path, "requestBody"), target, int(path[1]))


def _body(body: dict[str, Any], path: Path, root: Any, workflow: int) -> Iterator[Problem]:
    content_type = body.get("contentType")
    if isinstance(content_type, str) and _MEDIA_TYPE.fullmatch(content_type) is None:
        yield Problem(f"`{content_type}` is no media type.", at=(*path, "contentType"))
    if _is_broken(body.get("payload"), root, workflow):
        yield Problem("The payload is no runtime expression that leads anywhere.", at=(*path, "payload"))
    for index, replacement in enumerate(listed(body, "replacements")):
        if not isinstance(replacement, dict):
            continue
        place = (*path, "replacements", index)
        if not replacement.get("target"):
            yield Problem("The replacement has no `target`. Say what it replaces.", at=(*place, "target"))
        if _is_broken(replacement.get("value"), root, workflow):
            message = "The value is no runtime expression that leads anywhere."
            yield Problem(message, at=(*place, "value"))


def _is_broken(value: Any, root: Any, workflow: int) -> bool:
    return isinstance(value, str) and value.startswith("$") and not holds(value, root, workflow)


FUNCTION = Function("arazzoStepRequestBodyValidation", None, _prepare)
