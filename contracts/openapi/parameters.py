"""Parameters of OpenAPI 3 and how they are inherited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from contracts.elements.http import Location, Parameter
from contracts.references import Located
from contracts.tolerant import origin

from .contents import content
from .context import Context

LOCATIONS: tuple[Location, ...] = get_args(Location)
_STYLES = {"path": "simple", "header": "simple", "query": "form", "cookie": "form", "querystring": "form"}
_IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))


def parameter(context: Context, node: Located) -> Parameter | None:
    """One Parameter Object; None, with a problem, where it lacks a name or a known place.

    Header parameters named Accept, Content-Type and Authorization are ignored, as the specification says
    (OpenAPI 3.0.3, "Parameter Object").
    """
    reader = context.reader
    name, written = reader.text(node, "name"), reader.text(node, "in")
    location = next((known for known in LOCATIONS if known == written), None)
    if not name or location is None or (location == "querystring" and context.line < "3.2"):
        what = f"is in {written!r}" if name else "has no name"
        reader.problem(
            node,
            "parameter-unknown",
            f"The parameter {what} and cannot be placed.",
            "Give it a name, and for 'in' one of path, query, header and cookie.",
        )
        return None
    if location == "header" and name.lower() in _IGNORED_HEADERS:
        return None
    style = reader.text(node, "style") or _STYLES[location]
    return Parameter(
        name,
        location,
        location == "path" or reader.flag(node, "required"),
        reader.flag(node, "deprecated"),
        style,
        reader.flag(node, "explode", style in ("form", "cookie")),
        reader.flag(node, "allowReserved"),
        reader.flag(node, "allowEmptyValue"),
        context.schema(node),
        content(context, node),
        origin(node),
        node.value,
    )


def merged(inherited: Iterable[Parameter], own: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Path-item parameters, marked as such, with the operation's in their place: one per name and location."""
    found = {_identity(each): replace(each, inherited=True) for each in inherited}
    found.update((_identity(each), each) for each in own)
    return tuple(found.values())


def _identity(one: Parameter) -> tuple[str, str]:
    return (one.location, one.name.lower() if one.location == "header" else one.name)
