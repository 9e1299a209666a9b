"""Options as they are typed, read without a library where there is nothing to read.

typer checks every value by pydantic, which takes as long to import as a small contract takes to lint. Text, paths and
the words of an enumeration need none of that; whatever is not plainly right is left to typer, which says why.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, get_args, get_origin

from typer.core import TyperCommand, TyperGroup


class _Plain:
    """Reads plain values of a command's parameters here."""

    def get_params(self, ctx: Any) -> list[Any]:
        parameters: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for one in parameters:
            descriptor = getattr(
                one, "type_descriptor", None
            )  # older versions of typer have none, and no pydantic
            if descriptor is not None and not isinstance(one.process_value, partial):
                one.process_value = partial(_read, one, descriptor.annotation, one.process_value)
        return parameters


class Command(_Plain, TyperCommand):
    """A command whose plain values are read here."""


class Group(_Plain, TyperGroup):
    """A group of commands whose plain values are read here."""


def _read(parameter: Any, kind: Any, otherwise: Callable[[Any, Any], Any], context: Any, value: Any) -> Any:
    read: Any = plain(value, kind)
    if value is None and not parameter.required:
        read = () if parameter.multiple or parameter.nargs == -1 else None
    elif read is None:
        return otherwise(context, value)
    return read if parameter.callback is None else parameter.callback(context, parameter, read)


def plain(value: Any, kind: Any) -> Any:
    """The value in its type; None where it takes more to read it."""
    if get_origin(kind) is list and isinstance(value, list | tuple) and value:
        read = [plain(one, get_args(kind)[0]) for one in value]
        return None if None in read else read
    if kind is str or kind is Path:
        return kind(value) if isinstance(value, str | kind) else None
    if isinstance(kind, type) and issubclass(kind, StrEnum) and value in list(kind):
        return kind(value)
    return None
