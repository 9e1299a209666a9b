"""Parameters of an operation."""

from __future__ import annotations

from typing import Any

from contracts.elements.http import Header
from contracts.model import Operation, Parameter, Schema
from contracts.schemas import Direction
from linters.diff import notice, pairing
from linters.diff.notice import Notice
from linters.diff.policy import CompatPolicy
from linters.diff.transitions import Places, SchemaPair, Slot, Transition, Walk, Wire
from linters.diff.variance import Flow, of_call

from . import extensions
from .lifecycle import stability_of

_WRITTEN = (("style", "style"), ("explode", "explode"))
# Both mean something in queries only (OpenAPI 3.0.3, "Parameter Object").
_ALLOWED = (("allow_reserved", "reserved"), ("allow_empty_value", "empty"))


def walk(base: Operation, revision: Operation, policy: CompatPolicy) -> Walk:
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
            yield from _notice(base, one, new[key], flow, policy, stability_of(revision))
        else:
            held = _held(one)
            yield _existence(
                "parameter", notice.removed(held, policy), base, one, flow, gone=True, before=held.written
            )
    for key, one in new.items():
        if key not in old:
            yield _existence(*_arrival(one), base, one, flow)


def _arrival(one: Parameter) -> tuple[str, str]:
    """Element and action of a parameter that is new."""
    if one.location == "path":
        return "path-parameter", "added"
    element = "path-item-parameter" if one.inherited else "parameter"
    return element, "added-required" if one.required else "added-optional"


def _existence(
    element: str,
    action: str,
    operation: Operation,
    one: Parameter,
    flow: Flow,
    *,
    gone: bool = False,
    **more: Any,
) -> Transition:
    what, path = _named(one)
    places: Places = (one.origin, None) if gone else (None, one.origin)
    data = {"name": one.name, "location": one.location, "default": _default(one.schema), **more}
    return Transition(
        element, action, operation.key, *places, what, path, "request", "request-parameter", flow, data
    )


def _held(one: Parameter) -> Notice:
    return Notice.of(one.deprecated, one.raw)


def _notice(
    operation: Operation, old: Parameter, new: Parameter, flow: Flow, policy: CompatPolicy, stability: str
) -> Walk:
    before, after = _held(old), _held(new)
    action = notice.moved(before, after, policy, stability)
    if action is not None:
        what, path = _named(new)
        data = {"name": new.name, "location": new.location, "before": before.written, "after": after.written}
        yield Transition(
            "parameter", action, operation.key, old.origin, new.origin, what, path,
            "request", "request-parameter", flow, data,
        )  # fmt: skip


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
    for attribute, keyword in _WRITTEN:
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after and not _is_indifferent(old, new, keyword):
            yield moved("parameter", "serialised", name=keyword, before=before, after=after)
    for attribute, word in _ALLOWED if new.location == "query" else ():
        if getattr(old, attribute) != getattr(new, attribute):
            yield moved("parameter", f"{word}-{'allowed' if getattr(new, attribute) else 'prohibited'}")
    yield from values(operation, old, new, "request", what, path, flow)
    yield from extensions.walk(what, operation.key, (old.origin, new.origin), old.raw, new.raw, path=path)


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
    slot = Slot(
        side, root, f"{root}-property", flow, direction, operation.key, what, path, stability_of(operation),
        new.location if isinstance(new, Parameter) else "", _wire(old, new), old.required and new.required,
    )  # fmt: skip
    if old.content or new.content:
        for name in old.content:
            if name in new.content:
                pair = old.content[name], new.content[name]
                yield SchemaPair(slot, pair[0].schema, pair[1].schema, pair[0].origin, pair[1].origin)
                at = (pair[0].origin, pair[1].origin)
                yield from extensions.walk(what, operation.key, at, pair[0].raw, pair[1].raw, path=path)
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


def _wire(old: Parameter | Header, new: Parameter | Header) -> Wire:
    if old.content or new.content:
        return Wire.JSON
    form = all(one.style == "form" and one.explode for one in (old, new))
    return Wire.FORM if form else Wire.TEXT


def _is_indifferent(old: Parameter, new: Parameter, keyword: str) -> bool:
    """Whether a way of writing makes no difference as the values are neither lists nor objects."""
    return keyword == "explode" and all(is_scalar(one.schema) for one in (old, new))


def is_scalar(schema: Schema | None) -> bool:
    """Whether values are single, so that ways to write lists and objects mean nothing."""
    value = schema.value if schema is not None else None
    return isinstance(value, dict) and value.get("type") in ("string", "integer", "number", "boolean")
