"""Which check tells of a difference between schemas, once it is known where the schemas describe data.

The walk of schemas knows no direction and no policy. Here a difference meets its slot: a read-only property of a
request is another matter than one of a response, a default of a parameter is told of the parameter, and a sunset
is held against the notice that the policy asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contracts.schemas import Direction

from .notice import Notice, moved
from .policy import CompatPolicy
from .schemas import Difference, Node, Vertex
from .schemas.difference import is_nested
from .transitions import Slot, Wire

_ONE_WAY = {Direction.REQUEST: "readOnly", Direction.RESPONSE: "writeOnly"}
"""What marks a property that does not travel in a direction."""
_WITH_DEFAULT = "-with-default"


def told(vertex: Vertex, slot: Slot, policy: CompatPolicy) -> Iterator[Difference]:
    """The differences of a pair of schemas as their slot tells them."""
    for one in vertex.differences:
        if one.element == "default" and slot.root == "request-parameter" and not vertex.path:
            # A default of a parameter stands for what a call leaves out; of a required one nothing is left out.
            unused = one.action == "changed" and slot.required
            one = replace(one, element="parameter-default", action="changed-unused" if unused else one.action)
        elif one.element == "xml" and not slot.is_xml:
            one = replace(one, action="changed-unused")
        elif one.element == "property":
            one = _of_property(one, slot)
        elif one.element == "schema" and one.action == "notice":
            action = moved(_notice(one.base), _notice(one.revision), policy, slot.stability)
            if action is None:
                continue
            one = replace(one, action=action)
        yield one


def alike(one: Difference, slot: Slot) -> Difference:
    """A change of type that is proved to be fine, where values travel as text, reads the same."""
    if slot.wire is not Wire.JSON and (one.element, one.action) == ("type", "changed"):
        return replace(one, action="reads-alike")
    return one


def place_of(slot: Slot, path: str) -> str:
    """How ids call the place that a path leads to; the items of a list in a parameter are the parameter's own."""
    own_items = slot.root == "request-parameter" and path == "[]"
    return slot.nested if is_nested(path) and not own_items else slot.root


def special(one: Difference, slot: Slot, place: str) -> tuple[str, ...]:
    """Closer names of a place, where some checks have an id of their own for it."""
    if place != slot.nested:
        return ()
    mark = _ONE_WAY.get(slot.direction) if slot.direction is not None else None
    if mark is not None and (one.base.get(mark) or one.revision.get(mark)):
        word = "read-only" if mark == "readOnly" else "write-only"
        return (f"{slot.side}-{word}-property",)
    return (f"request-{slot.location}-property",) if slot.location == "header" else ()


def _of_property(one: Difference, slot: Slot) -> Difference:
    """A property that does not travel in this direction is told as such."""
    if slot.direction is Direction.RESPONSE and one.data.get("write_only"):
        return replace(one, element="write-only-property", action=one.action.removesuffix(_WITH_DEFAULT))
    became = one.action.startswith("became-")
    if slot.direction is Direction.REQUEST and one.data.get("read_only") and became:
        return replace(one, element="read-only-property", action=one.action.removesuffix(_WITH_DEFAULT))
    return one


def _notice(node: Node) -> Notice:
    return Notice.of(bool(node.get("deprecated")), node.value)
