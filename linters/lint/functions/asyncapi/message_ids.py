"""`messageIds`: no two messages of an AsyncAPI 2.x document go by the same `messageId`.

A function of Lading's. The target is the document. A message that several operations refer to is one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Check, Context, Function, Problem

from ._operations import Part, messages, repeated


def _prepare(_options: Mapping[str, Any]) -> Check:
    return _check


def _check(target: Any, context: Context) -> Iterable[Problem]:
    return repeated(_distinct(target, context), "messageId")


def _distinct(root: Any, context: Context) -> Iterator[Part]:
    seen: set[tuple[str, Path]] = set()
    for path, message in messages(root):
        written = context.documents.locate(path)
        if (written.source, written.path) not in seen:
            seen.add((written.source, written.path))
            yield path, message


FUNCTION = Function("messageIds", None, _prepare)
