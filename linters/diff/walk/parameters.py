"""Parameters of an operation."""

from __future__ import annotations

from typing import Any

from contracts.elements.http import Header
from contracts.model import Operation, Parameter, Schema
from contracts.schemas import Direction
from linters.diff import pairing
from linters.diff.transitions import Places, SchemaPair, Slot, Transition, Walk
from linters.diff.variance import Flow, of_call

_WRITTEN = (
    ("style", "style"),
    ("explode", "explode"),
    ("allow_reserved", "allowReserved"),
)


def walk(base: Operation, revision: Operation) -> Walk:
    """Parameters by location and name; path parameters by their place in the template."""
    renamed = pairing.renamed_parameters(base.path, revision.path)

    def old_key(one: Parameter) -> tuple[str, str]:
        if one.location == "path":
            return "path", renamed.get(one.name, one.name)
        return one.location, one.name.lower() if one.location == "header" else one.name

    def new_key(one: Parameter) -> tuple[str, str]:
        return one.location, one.name.lower() if one.location == "header" else one.name

    old = {old_key(one): one for one in base.parameters}
    new = {new_key(one): one for one in revision.parameters}
    flow = of_call(base.kind, "request")
    for key, one in old.items():
        if key in new:
            yield from _parameter(base, one, new[key], flow)
        else:
            yield _existence("removed", base, one, flow)
    for key, one in new.items():
        if key not in old:
            yield _existence("path" if one.location == "path" else "added", base, one, flow)


def _existence(action: str, operation: Operation, one: Parameter, flow: Flow) -> Transition:
    what, path = _named(one)
    places: Places = (one.origin, None) if action == "removed" else (None, one.origin)
    element = "path-parameter" if action == "path" else "parameter"
    if action == "path":
        action = "added"
    elif action == "added":
        action = "added-required" if one.required else "added-optional"
    data = {"name": one.name, "location": one.location, "default": _default(one.schema)}
    return Transition(
        element, action, operation.key, *places, what, path, "request", "request-parameter", flow, data
    )


def _parameter(operation: Operation, old: Parameter, new: Parameter, flow: Flow) -> Walk:
    what, path = _named(new)
    data: dict[str, Any] = {"name": new.name, "location": new.location}

    def moved(element: str, action: str, **more: Any) -> Transition:
        return Transition(
            element, action, operation.key, old.origin, new.origin, what, path,
            "request", "request-parameter", flow, {**data, **more},
        )  # fmt: skip

    if old.required != new.required:
        yield moved("parameter", "became-required" if new.required else "became-optional")
    if old.deprecated != new.deprecated:
        yield moved("parameter", "deprecated" if new.deprecated else "reactivated")
    for attribute, keyword in _WRITTEN:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after and not _is_indifferent(old, new, keyword):
            yield moved("parameter", "serialised", name=keyword, before=before, after=after)
    before, after = _default(old.schema), _default(new.schema)
    if before != after:
        action = "added" if before is None else "removed" if after is None else "changed"
        if action == "changed" and old.required and new.required:
            action = "changed-unused"  # nobody can leave it out
        yield moved("parameter-default", action, before=before, after=after)
    yield from values(operation, old, new, "request", what, path, flow)


def values(
    operation: Operation,
    old: Parameter | Header,
    new: Parameter | Header,
    side: str,
    what: str,
    path: str,
    flow: Flow,
) -> Walk:
    """The schemas of a parameter or header, directly or by media type."""
    kind = "parameter" if isinstance(new, Parameter) else "header"
    root = f"{side}-{kind}"
    direction = Direction.REQUEST if side == "request" else Direction.RESPONSE
    slot = Slot(side, root, f"{root}-property", flow, direction, operation.key, what, path)
    if old.content or new.content:
        for name in old.content:
            if name in new.content:
                pair = old.content[name], new.content[name]
                yield SchemaPair(slot, pair[0].schema, pair[1].schema, pair[0].origin, pair[1].origin)
        if set(old.content) != set(new.content):
            data = {"name": "content", "before": _shape(old), "after": _shape(new)}
            yield Transition(
                "parameter",
                "serialised",
                operation.key,
                old.origin,
                new.origin,
                what,
                path,
                side,
                root,
                flow,
                data,
            )
        return
    yield SchemaPair(slot, old.schema, new.schema, old.origin, new.origin)


def _shape(one: Parameter | Header) -> str:
    return ", ".join(one.content) or "a schema"


def _named(one: Parameter) -> tuple[str, str]:
    return f"the {one.location} parameter `{one.name}`", f"{one.location} parameter {one.name}"


def _default(schema: Schema | None) -> Any:
    return schema.value.get("default") if schema is not None and isinstance(schema.value, dict) else None


def _is_indifferent(old: Parameter, new: Parameter, keyword: str) -> bool:
    """Whether a way of writing makes no difference as the values are neither lists nor objects."""
    return keyword == "explode" and all(_is_scalar(one.schema) for one in (old, new))


def _is_scalar(schema: Schema | None) -> bool:
    value = schema.value if schema is not None else None
    return isinstance(value, dict) and value.get("type") in ("string", "integer", "number", "boolean")
