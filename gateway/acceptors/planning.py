"""From a translated schema to what an acceptor is going to know of it.

Each keyword narrows. A keyword that is not known here, or cannot be carried over, leaves the kinds of value that it
speaks about undecided, so that forgetting one costs time and never lets anything pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from .automata import automaton_of
from .exclusion import KINDS, Outline, outline
from .formats import PATTERNS, is_unknown
from .nodes import ANYTHING, NOTHING, Array, Intersections, Node, Numbers, Object, Strings
from .patterns import Inexpressible

_NODES: Final = 4_000
_SAFE: Final = 2**53
"""Integers below it are doubles, too."""
_LARGE: Final = 1e300
_SILENT: Final = frozenset({
    "$defs", "title", "description", "$comment", "default", "example", "examples", "deprecated", "readOnly",
    "writeOnly", "xml", "externalDocs", "contentSchema",
})  # fmt: skip
"""Keywords that say nothing about instances."""
_TOGETHER: Final = frozenset({"$ref", "allOf", "anyOf", "oneOf", "if", "then", "else"})
"""Keywords that bring in other schemas for the same instance."""
_CONDITION: Final = frozenset({"if", "then", "else"})
_SPEAK_OF: Final = {
    "patternProperties": "object", "propertyNames": "object", "dependentRequired": "object",
    "dependentSchemas": "object", "unevaluatedProperties": "object", "prefixItems": "array", "contains": "array",
    "minContains": "array", "maxContains": "array", "unevaluatedItems": "array",
    "contentEncoding": "string", "contentMediaType": "string",
}  # fmt: skip
"""Keywords that are not carried over, and the kind of value that they speak about."""


def plan(schema: dict[str, Any] | bool, *, formats: bool, known_properties: bool) -> Node:
    """What of a translated schema (its references are `#/$defs/NAME`) is known.

    With `formats` they are asserted. With `known_properties` nothing is known of an object in which a property
    stands that no part of the schema speaks about. Raises `Inexpressible` where it is too large.
    """
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    return _Planner(definitions, formats, known_properties).node(schema)


class _Planner:
    def __init__(self, definitions: dict[str, Any], formats: bool, known_properties: bool) -> None:
        self._definitions = definitions
        self._formats = formats
        self._strict = known_properties
        self._named: dict[str, Node] = {}
        self._left = _NODES
        self._both = Intersections()

    def node(self, schema: Any) -> Node:
        """What is known of a schema."""
        if isinstance(schema, bool):
            return ANYTHING if schema else NOTHING
        self._left -= 1
        if self._left < 0:
            raise Inexpressible("it is too large")
        found = ANYTHING
        for part in self._parts(schema):
            found = self._both.of(found, part)
        return found

    def _parts(self, schema: dict[str, Any]) -> Iterator[Node]:
        """Nodes that hold together."""
        yield self._own(schema)
        if "$ref" in schema:
            yield self._named_node(schema["$ref"])
        conditions: list[dict[str, Any]] = []
        for part in schema.get("allOf", ()):
            if isinstance(part, dict) and "if" in part and part.keys() <= _CONDITION:
                conditions.append(part)
            else:
                yield self.node(part)
        if "if" in schema:
            conditions.append({key: schema[key] for key in _CONDITION & schema.keys()})
        cases = [(*case, held.get("then", True)) for held in conditions if (case := _case(held)) is not None]
        if cases:
            yield self._selected(cases)
        for held in conditions:
            if _case(held) is None:
                yield self._conditional(held)
        if "anyOf" in schema:
            yield self._any_of(schema["anyOf"])
        if "oneOf" in schema:
            yield self._one_of(schema["oneOf"])

    def _named_node(self, reference: str) -> Node:
        name = reference.removeprefix("#/$defs/")
        found = self._named.get(name)
        if found is None:
            found = self._named[name] = Node(ready=False)
            found.become(self.node(self._definitions[name]))
        return found

    # Alternatives

    def _any_of(self, schemas: list[Any]) -> Node:
        """What any of them knows."""
        found = NOTHING
        for schema in schemas:
            node = self.node(schema)
            if not node.ready:
                return NOTHING
            found = found | node
        return self._simple(found)

    def _one_of(self, schemas: list[Any]) -> Node:
        """What one of them knows and the others are sure to refuse."""
        outlines = [outline(schema, self._definitions) for schema in schemas]
        found = NOTHING
        for place, schema in enumerate(schemas):
            node = self.node(schema)
            if not node.ready:
                return NOTHING
            others = [*outlines[:place], *outlines[place + 1 :]]
            kinds = KINDS.difference(*(other.kinds for other in others))
            found = found | Node(
                node.null and "null" in kinds,
                node.booleans if "boolean" in kinds else frozenset(),
                node.numbers if "number" in kinds else None,
                node.strings if "string" in kinds else None,
                node.array if "array" in kinds else None,
                tuple(self._alone(node.objects, outlines[place], others)),
            )
        return self._simple(found)

    def _alone(self, objects: tuple[Object, ...], own: Outline, others: list[Outline]) -> Iterator[Object]:
        """The objects that are of none of the others: told apart by a value, or as one lacks what another requires."""
        absent: set[str] = set()
        for other in others:
            if own.excludes_objects(other):
                continue
            missing = other.required - own.required
            if not missing:
                return
            absent.add(
                min(missing, key=lambda name: (any(name in held.properties for held in objects), name))
            )
        without = Object(dict.fromkeys(absent, NOTHING), rest=ANYTHING)
        for held in objects:
            yield self._both.objects(held, without)

    def _simple(self, node: Node) -> Node:
        """Which alternatives accept a value decides which properties are known to a schema."""
        if self._strict:
            return Node(node.null, node.booleans, node.numbers, node.strings)
        return node

    def _conditional(self, held: dict[str, Any]) -> Node:
        """What fulfils a condition whichever way it goes; of one that is a negation, what it asks not to be."""
        test = held["if"]
        if "else" not in held and isinstance(test, dict) and set(test) == {"not"}:
            return self._simple(self.node(test["not"]))
        return self._both.of(self.node(held.get("then", True)), self.node(held.get("else", True)))

    def _selected(self, cases: list[tuple[str, str, Any]]) -> Node:
        """Conditions by the value of one property, as discriminators have them: one holds, and the others do not.

        What is no object does not fulfil any of them.
        """
        name = cases[0][0]
        values = [value for _, value, _ in cases]
        if any(other != name for other, _, _ in cases) or len(set(values)) < len(values):
            return NOTHING
        found = NOTHING
        for _, value, schema in cases:
            then = self.node(schema)
            if not then.ready:
                return NOTHING
            tag = Node(strings=Strings(literals=frozenset({value})))
            tagged = Node(objects=(Object({name: tag}, frozenset({name}), ANYTHING),))
            found = found | self._both.of(tagged, then)
        scalars = Node(True, frozenset({True, False}), Numbers(), Strings(), Array(ANYTHING))
        return self._simple(found | scalars)

    # A schema's own keywords

    def _own(self, schema: dict[str, Any]) -> Node:
        if not schema.keys() - _SILENT - _TOGETHER:
            return ANYTHING
        undecided = set(self._not_carried_over(schema))
        kinds = self._kinds(schema) - undecided
        if "number" in undecided:
            kinds.discard("integer")
        node = Node(
            "null" in kinds,
            frozenset({True, False}) if "boolean" in kinds else frozenset(),
            _attempt(self._numbers, schema) if kinds & {"number", "integer"} else None,
            _attempt(self._strings, schema) if "string" in kinds else None,
            _attempt(self._array, schema) if "array" in kinds else None,
            (self._object(schema),) if "object" in kinds else (),
        )
        if "number" not in kinds and node.numbers is not None:
            node.numbers = node.numbers & Numbers(integer=True)
        for values in ([schema["const"]] if "const" in schema else None, schema.get("enum")):
            if values is not None:
                node = self._both.of(node, _literals(values))
        return node

    def _not_carried_over(self, schema: dict[str, Any]) -> Iterator[str]:
        for keyword in schema:
            if keyword in _SPEAK_OF:
                yield _SPEAK_OF[keyword]
            elif keyword not in _READ and keyword not in _SILENT and not keyword.startswith("x-"):
                yield from KINDS

    @staticmethod
    def _kinds(schema: dict[str, Any]) -> set[str]:
        types = schema.get("type")
        if types is None:
            return set(KINDS)
        return {types} if isinstance(types, str) else set(types)

    def _numbers(self, schema: dict[str, Any]) -> Numbers:
        multiple = schema.get("multipleOf")
        if multiple is not None and (multiple != int(multiple) or multiple >= _SAFE):
            raise Inexpressible("multiples of what is no integer")
        return Numbers(
            integer=multiple is not None,
            minimum=_bound(schema.get("minimum")),
            maximum=_bound(schema.get("maximum")),
            above=_bound(schema.get("exclusiveMinimum")),
            below=_bound(schema.get("exclusiveMaximum")),
            multiples=frozenset({int(multiple)} if multiple is not None else ()),
        )

    def _strings(self, schema: dict[str, Any]) -> Strings:
        patterns = {schema["pattern"]} if "pattern" in schema else set()
        name = schema.get("format")
        if self._formats and name is not None and not is_unknown(name):
            if name not in PATTERNS:
                raise Inexpressible(f"the format {name}")
            patterns.add(PATTERNS[name])
        for pattern in patterns:
            automaton_of(pattern)
        return Strings(
            int(schema.get("minLength", 0)),
            int(schema["maxLength"]) if "maxLength" in schema else None,
            frozenset(patterns),
        )

    def _array(self, schema: dict[str, Any]) -> Array:
        most = int(schema["maxItems"]) if "maxItems" in schema else None
        if schema.get("uniqueItems"):
            most = min(most, 1) if most is not None else 1  # two are compared by the validator
        return Array(self.node(schema.get("items", True)), int(schema.get("minItems", 0)), most)

    def _object(self, schema: dict[str, Any]) -> Object:
        properties = {name: self.node(held) for name, held in schema.get("properties", {}).items()}
        rest: Node | None = ANYTHING
        if "additionalProperties" in schema:
            rest = self.node(schema["additionalProperties"])
        elif self._strict and properties:
            rest = None
        required = frozenset(schema.get("required", ()))
        for name in sorted(required - properties.keys()):
            properties[name] = NOTHING if rest is None else rest
        return Object(
            properties,
            required,
            None if rest is not None and rest.empty else rest,
            int(schema.get("minProperties", 0)),
            int(schema["maxProperties"]) if "maxProperties" in schema else None,
        )


_READ: Final = _TOGETHER | frozenset({
    "type", "const", "enum", "multipleOf", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "pattern", "format", "minLength", "maxLength", "items", "minItems", "maxItems", "uniqueItems",
    "properties", "additionalProperties", "required", "minProperties", "maxProperties",
})  # fmt: skip


def _attempt(make: Callable[[dict[str, Any]], Any], schema: dict[str, Any]) -> Any:
    """What is made of it; None, which leaves the kind undecided, where it cannot be expressed."""
    try:
        return make(schema)
    except Inexpressible:
        return None


def _bound(value: float | None) -> float | None:
    if value is not None and not abs(value) < _LARGE:
        raise Inexpressible("a bound that is too large")
    return value


def _literals(values: list[Any]) -> Node:
    """Scalars out of a list; what else is in it stays undecided."""
    strings = frozenset(value for value in values if isinstance(value, str))
    numbers = frozenset(
        value
        for value in values
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _SAFE
    )
    return Node(
        any(value is None for value in values),
        frozenset(value for value in values if isinstance(value, bool)),
        Numbers(integer=True, literals=numbers) if numbers else None,
        Strings(literals=strings) if strings else None,
    )


def _case(held: dict[str, Any]) -> tuple[str, str] | None:
    """The property and the value that a condition asks for, where it asks for nothing else."""
    test = held.get("if")
    if (
        set(held) - {"if", "then"}
        or not isinstance(test, dict)
        or set(test) != {"type", "properties", "required"}
    ):
        return None
    properties = test["properties"]
    if test["type"] != "object" or len(properties) != 1 or test["required"] != list(properties):
        return None
    ((name, value),) = properties.items()
    if not isinstance(value, dict) or set(value) != {"const"} or not isinstance(value["const"], str):
        return None
    return name, value["const"]
