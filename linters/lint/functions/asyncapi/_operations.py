"""Where the operations and messages of an AsyncAPI 2.x document are, and which id each goes by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from contracts.pointers import Path, to_pointer
from linters.lint.function import Problem

Part: TypeAlias = "tuple[Path, dict[str, Any]]"
"""An operation or a message, and the path to it from the document's root."""


def operations(root: Any) -> Iterator[Part]:
    """Each operation of each channel."""
    channels = root.get("channels") if isinstance(root, dict) else None
    for address, channel in channels.items() if isinstance(channels, dict) else ():
        for verb in ("subscribe", "publish"):
            operation = channel.get(verb) if isinstance(channel, dict) else None
            if isinstance(operation, dict):
                yield ("channels", address, verb), operation


def messages(root: Any) -> Iterator[Part]:
    """Each message that an operation carries; of a choice, each alternative."""
    for path, operation in operations(root):
        message = operation.get("message")
        if not isinstance(message, dict):
            continue
        if isinstance(message.get("oneOf"), list):
            for index, alternative in enumerate(message["oneOf"]):
                if isinstance(alternative, dict):
                    yield (*path, "message", "oneOf", index), alternative
        else:
            yield (*path, "message"), message


def repeated(parts: Iterable[Part], field: str) -> Iterator[Problem]:
    """Ids that an earlier part goes by already."""
    first: dict[str, Path] = {}
    for path, part in parts:
        found = identity(part, field)
        if found is None:
            continue
        below, value = found
        earlier = first.setdefault(value, path)
        if earlier is not path:
            message = f"The {field} `{value}` is already that of #{to_pointer(earlier)}. Rename one of them."
            yield Problem(message, (*path, *below))


def identity(part: Mapping[str, Any], field: str) -> tuple[Path, str] | None:
    """The id and where it is stated: the last trait that states one overrides the others, and the part itself."""
    traits = part.get("traits")
    for index, trait in reversed(list(enumerate(traits if isinstance(traits, list) else ()))):
        if isinstance(trait, dict) and isinstance(trait.get(field), str):
            return ("traits", index, field), trait[field]
    value = part.get(field)
    return ((field,), value) if isinstance(value, str) else None
