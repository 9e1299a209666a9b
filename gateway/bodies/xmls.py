"""XML bodies as the values that schemas speak of, by the schema's XML Objects ("XML Object", OpenAPI 3).

Names of elements and attributes are compared without prefixes, and their namespace with the one that the schema
states; where it states none, any will do. What the schema does not name keeps its local name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from gateway.checks.coercion import item, member, scalar
from gateway.checks.shape import Shape
from gateway.malformed import Malformed

_DEPTH = 200
_SEPARATOR = " "
"""Between namespace and local name; neither can hold a blank."""


@dataclass(slots=True)
class Element:
    """An element: namespace ('' for none), local name, attributes by the same pair, children, own text."""

    space: str
    name: str
    attributes: dict[tuple[str, str], str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    @property
    def content(self) -> str:
        return "".join(self.text).strip()


def parse_elements(raw: bytes, limit: int) -> Element:
    """The root of an XML text. Document types, and with them entities, are refused, as are more than `limit`
    elements and attributes. Raises `Malformed`.
    """
    reader = _Reader(limit)
    try:
        reader.parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise Malformed(f"it is not XML (line {error.lineno} column {error.offset + 1})", "syntax") from None
    except (LookupError, ValueError):
        raise Malformed("it is in an encoding that is not known here", "encoding") from None
    if reader.root is None:
        raise Malformed("it is not XML: it holds no element", "syntax")
    return reader.root


class _Reader:
    def __init__(self, limit: int) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._left = limit
        self.parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, *_: object) -> None:
        raise Malformed("it declares a document type, which may define entities", "doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1 + len(attributes)
        if self._left < 0:
            raise Malformed("it holds too many elements", "too-many")
        if len(self._open) >= _DEPTH:
            raise Malformed(f"it is nested more than {_DEPTH} levels deep", "too-deep")
        element = Element(*_split(name), {_split(key): value for key, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].text.append(text)


def _split(name: str) -> tuple[str, str]:
    space, _, local = name.rpartition(_SEPARATOR)
    return space, local


def parse_xml(raw: bytes, shape: Shape, limit: int) -> Any:
    """The value that an XML text stands for. Raises `Malformed`."""
    root = parse_elements(raw, limit)
    wanted = _name(shape, root.name)
    if root.name != wanted:
        raise Malformed(f"the root element is not {wanted}", "xml-name")
    _mind_namespace(root.space, shape, "the root element")
    return _items(root.children, shape) if _only_array(shape) else _value(root, shape)


def _value(element: Element, shape: Shape) -> Any:
    inside = element.children or element.attributes
    if shape.object and (inside or not (shape.scalar or shape.array or _holds_text(element, shape))):
        return _object(element, shape)
    if _only_array(shape):
        return _items(element.children, shape)
    if element.children:
        return _object(element, shape)
    return scalar(element.content, shape)


def _holds_text(element: Element, shape: Shape) -> bool:
    """Whether it is bare text, which no property of an object takes: that is no object."""
    named = (inner.xml.get("nodeType") for inner in shape.properties.values())
    return bool(element.content) and not {"text", "cdata"} & set(named)


def _only_array(shape: Shape) -> bool:
    return shape.stated and shape.array and not shape.object and not shape.scalar


def _items(elements: list[Element], shape: Shape) -> list[Any]:
    inner = item(shape)
    return [_value(element, inner) for element in elements]


def _object(element: Element, shape: Shape) -> dict[str, Any]:
    found: dict[str, Any] = {}
    rest = _Rest(element)
    for name, inner in shape.properties.items():
        value = rest.take(name, inner)
        if value is not _ABSENT:
            found[name] = value
    for (_, name), text in rest.attributes.items():
        if name not in found:
            found[name] = scalar(text, member(name, shape))
    for child_name, children in rest.by_name().items():
        if child_name in found:
            raise Malformed(f"{child_name} is given both as declared and otherwise", "duplicate-key")
        inner = member(child_name, shape)
        values = [_value(child, inner) for child in children]
        found[child_name] = values[0] if len(values) == 1 else values
    return found


_ABSENT = object()


class _Rest:
    """What of an element no property has taken yet."""

    def __init__(self, element: Element) -> None:
        self.attributes = dict(element.attributes)
        self.children = list(element.children)
        self._text = element.content

    def by_name(self) -> Mapping[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for child in self.children:
            found.setdefault(child.name, []).append(child)
        return found

    def take(self, name: str, shape: Shape) -> Any:
        """The value of a property, taken out of what is left; `_ABSENT` where it is not there."""
        hints = shape.xml
        written = _name(shape, name)
        node = hints.get("nodeType")
        if hints.get("attribute") is True or node == "attribute":
            return self._attribute(written, shape)
        if node in ("text", "cdata"):
            return scalar(self._text, shape)
        if shape.array and (_only_array(shape) or not shape.scalar):
            if hints.get("wrapped") is True or node == "element":
                return self._wrapped(written, shape)
            inner = item(shape)
            taken = self._elements(_name(inner, name), inner)
            return [_value(child, inner) for child in taken] if taken else _ABSENT
        taken = self._elements(written, shape)
        if len(taken) > 1:
            raise Malformed(f"{written} is given twice", "duplicate-key")
        return _value(taken[0], shape) if taken else _ABSENT

    def _attribute(self, name: str, shape: Shape) -> Any:
        for key in list(self.attributes):
            if key[1] == name:
                _mind_namespace(key[0], shape, f"the attribute {name}")
                return scalar(self.attributes.pop(key), shape)
        return _ABSENT

    def _wrapped(self, name: str, shape: Shape) -> Any:
        taken = self._elements(name, shape)
        if not taken:
            return _ABSENT
        if len(taken) > 1:
            raise Malformed(f"{name} is given twice", "duplicate-key")
        inner = item(shape)
        wanted = _name(inner, "")
        for child in taken[0].children:
            if wanted and child.name != wanted:
                raise Malformed(f"the list {name} holds an element that is not {wanted}", "xml-name")
            _mind_namespace(child.space, inner, f"an element of {name}")
        return _items(taken[0].children, shape)

    def _elements(self, name: str, shape: Shape) -> list[Element]:
        taken = [child for child in self.children if child.name == name]
        for child in taken:
            _mind_namespace(child.space, shape, f"the element {name}")
        self.children = [child for child in self.children if child.name != name]
        return taken


def _name(shape: Shape, usual: str) -> str:
    """The name that the schema states for its element or attribute."""
    stated = shape.xml.get("name")
    return stated if isinstance(stated, str) else usual


def _mind_namespace(space: str, shape: Shape, what: str) -> None:
    wanted = shape.xml.get("namespace")
    if isinstance(wanted, str) and space != wanted:
        raise Malformed(f"{what} is not in the namespace that the contract states", "xml-namespace")
