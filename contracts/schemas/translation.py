"""Translating one schema, keyword by keyword."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from contracts.elements.common import Origin
from contracts.errors import UnresolvableReference
from contracts.pointers import to_pointer
from contracts.references import Located

from . import discriminator, legacy
from .composition import FREE, Around
from .dialects import of_schema_format, of_schema_uri
from .direction import one_way_patterns, one_way_properties
from .discriminator import Discriminators
from .keywords import (
    DROPPED,
    DYNAMIC_REFERENCES,
    IN_PLACE,
    KNOWN,
    LEAVES,
    LIST,
    MAP,
    ONE,
    PLAIN,
    REFERENCE_ALONE,
    is_pattern,
)
from .scope import NOWHERE, Scope

if TYPE_CHECKING:
    from .definitions import Definitions

Translatable: TypeAlias = dict[str, Any] | bool


class Translation:
    """The work on one schema; gathers what it refers to and what it could not carry over.

    `base` is the document's name or the URI of the enclosing `$id`; `around` is what the schemas that this one
    is composed into impose on it; `scope` is the way that led to it.
    """

    def __init__(self, definitions: Definitions, root: Located, scope: Scope = NOWHERE) -> None:
        self._definitions = definitions
        self._root = root
        self._scope = scope
        self._documents = definitions.documents
        self.names: dict[str, None] = {}
        self.unmodelled: dict[str, None] = {}

    def schema(self, node: Located, base: str, dialect: str, around: Around = FREE) -> Translatable:
        """The translation of the schema at `node`; True, told as unmodelled, where it cannot be one."""
        value = node.value
        if isinstance(value, bool):
            return value
        if not isinstance(value, dict):
            self._leave(node, "not a schema")
            return True
        reference = value.get("$ref")
        if isinstance(reference, str) and dialect in REFERENCE_ALONE:
            return self._reference(node, reference, base, dialect, around)
        if dialect not in REFERENCE_ALONE:
            dialect = of_schema_uri(value.get("$schema")) or dialect
            if dialect not in KNOWN:
                self._leave(node, f"the schema dialect {dialect}")
                return True
        if isinstance(value.get("$id"), str) and not value["$id"].startswith("#"):
            if self._documents.dynamic and node.path != self._root.path:
                return self._definition(
                    node, dialect, around
                )  # a resource of its own: the scope is another within
            base = self._documents.base_of(node, within=True)
        return self._keywords(node, base, dialect, around)

    def _keywords(self, node: Located, base: str, dialect: str, around: Around) -> Translatable:
        value: dict[str, Any] = node.value
        if value.keys() <= LEAVES[dialect] and (dialect == "openapi-3.0" or "nullable" not in value):
            leaf = self._leaf(node, dialect)
            if leaf is not None:
                return leaf
        direction = self._definitions.direction
        one_way: frozenset[str] = frozenset()
        if direction is not None and ("properties" in value or "allOf" in value):
            one_way = one_way_properties(self._documents, node, direction)
            around = around.exempting(one_way)
        result: dict[str, Any] = {}
        known = KNOWN[dialect]
        for keyword, held in value.items():
            if keyword not in known:
                self._beside(node, keyword, base, dialect, around, result)
            elif keyword in PLAIN:
                self._plain(node, keyword, held, dialect, result)
            elif keyword in ONE:
                self._one(node, keyword, base, dialect, around, result)
            elif keyword in LIST:
                self._list(node, keyword, base, dialect, around, result)
            elif keyword in MAP:
                self._map(node, keyword, base, dialect, around, result)
            elif keyword == "dependencies":
                self._dependencies(node, base, dialect, around, result)
        legacy.bounds(value, dialect, result)
        legacy.file(value, dialect, result)
        if around.exempt and "required" in result:
            result["required"] = [name for name in result["required"] if name not in around.exempt]
        if self._definitions.refuse_one_way and isinstance(result.get("properties"), dict):
            result["properties"] = {
                name: False if name in one_way else held for name, held in result["properties"].items()
            }
        if self._definitions.refuse_one_way and direction is not None and "patternProperties" in result:
            for pattern in one_way_patterns(self._documents, node, direction) & set(
                result["patternProperties"]
            ):
                result["patternProperties"][pattern] = False
        self._discriminate(node, base, dialect, around, result)
        return legacy.nullable(value, dialect, result)

    @staticmethod
    def _leaf(node: Located, dialect: str) -> Translatable | None:
        """The translation of a schema that holds no other, which most are; None where something is odd about it."""
        result: dict[str, Any] = {}
        for keyword, held in node.value.items():
            is_right = PLAIN.get(keyword)
            if is_right is not None:
                if not is_right(held):
                    return None
                result[keyword] = held
        return legacy.nullable(node.value, dialect, result)

    def _beside(
        self,
        node: Located,
        keyword: str,
        base: str,
        dialect: str,
        around: Around,
        result: dict[str, Any],
    ) -> None:
        """A keyword that the dialect gives no meaning, or that is read elsewhere."""
        held = node.value[keyword]
        if keyword == "$ref" and isinstance(held, str):
            found = self._reference(node, held, base, dialect, around)
            result.update(found if isinstance(found, dict) else {})
        elif keyword == DYNAMIC_REFERENCES.get(dialect) and isinstance(held, str):
            self._dynamic(node, held, base, dialect, result)
        elif keyword == "nullable" and dialect != "openapi-3.0":
            if held is not False:
                self._leave(node, keyword)
        elif keyword == "xml" and isinstance(held, dict):
            if self._definitions.xml_hints:
                result["xml"] = held
        elif keyword not in DROPPED and not keyword.startswith("x-"):
            self._leave(node, keyword)

    def _plain(self, node: Located, keyword: str, held: Any, dialect: str, result: dict[str, Any]) -> None:
        if legacy.is_boolean_bound(keyword, held, dialect) or legacy.is_file(keyword, held, dialect):
            return
        if PLAIN[keyword](held):
            result[keyword] = held
        else:
            self._leave(node, keyword)

    def _one(
        self,
        node: Located,
        keyword: str,
        base: str,
        dialect: str,
        around: Around,
        result: dict[str, Any],
    ) -> None:
        if keyword == "items" and legacy.has_item_list(node.value, dialect):
            self._list(node, "items", base, dialect, FREE, result, "prefixItems")
            if "additionalItems" in node.value:
                result["items"] = self.schema(node.child("additionalItems"), base, dialect)
            return
        result[keyword] = self.schema(
            node.child(keyword), base, dialect, around if keyword in IN_PLACE else FREE
        )

    def _list(
        self,
        node: Located,
        keyword: str,
        base: str,
        dialect: str,
        around: Around,
        result: dict[str, Any],
        target: str = "",
    ) -> None:
        held = node.child(keyword)
        if not isinstance(held.value, list) or not held.value:
            if held.value != []:
                self._leave(node, keyword)
            return
        passed = around if keyword in IN_PLACE else FREE
        result[target or keyword] = [
            self.schema(held.child(index), base, dialect, passed) for index in range(len(held.value))
        ]

    def _map(
        self,
        node: Located,
        keyword: str,
        base: str,
        dialect: str,
        around: Around,
        result: dict[str, Any],
    ) -> None:
        held = node.child(keyword)
        if not isinstance(held.value, dict):
            self._leave(node, keyword)
            return
        passed = around if keyword in IN_PLACE else FREE
        found = {name: self.schema(held.child(name), base, dialect, passed) for name in held.value}
        if keyword == "patternProperties":
            for name in [name for name in found if not is_pattern(name)]:
                self._leave(held, name)
                del found[name]
        result[keyword] = found

    def _dependencies(
        self, node: Located, base: str, dialect: str, around: Around, result: dict[str, Any]
    ) -> None:
        """Draft 7's `dependencies`, which 2019-09 split in two."""
        held = node.child("dependencies")
        if not isinstance(held.value, dict):
            self._leave(node, "dependencies")
            return
        for name, dependency in held.value.items():
            if PLAIN["required"](dependency):
                result.setdefault("dependentRequired", {})[name] = dependency
            else:
                found = self.schema(held.child(name), base, dialect, around)
                result.setdefault("dependentSchemas", {})[name] = found

    def _reference(
        self, node: Located, reference: str, base: str, dialect: str, around: Around
    ) -> Translatable:
        """A reference into the table; True, told as unmodelled, where it cannot be resolved."""
        documents = self._documents
        try:
            end = documents.resolve(reference, base)
            located = end if dialect in REFERENCE_ALONE else documents.lookup(reference, base)
        except UnresolvableReference as error:
            self._leave(node, f"$ref {error.code}")
            return True
        value = located.value
        if isinstance(value, dict):
            if dialect == "asyncapi" and "schemaFormat" in value and "schema" in value:
                # AsyncAPI 3.0.0, "Multi Format Schema Object"
                located, dialect = located.child("schema"), of_schema_format(value["schemaFormat"])
            else:
                dialect = of_schema_uri(value.get("$schema")) or dialect
        if dialect not in KNOWN:
            self._leave(node, f"the schema dialect {dialect}")
            return True
        return self._definition(located, dialect, around)

    def _definition(self, located: Located, dialect: str, around: Around) -> dict[str, Any]:
        name = self._definitions.name(located, dialect, around.at(self._documents, located), self._scope)
        self.names[name] = None
        return {"$ref": f"#/$defs/{name}"}

    def _dynamic(
        self, node: Located, reference: str, base: str, dialect: str, result: dict[str, Any]
    ) -> None:
        """A `$dynamicRef`, or 2019-09's `$recursiveRef`: an ordinary reference, once the way to it is known."""
        try:
            initial = self._documents.lookup(reference, base)
        except UnresolvableReference as error:
            self._leave(node, f"{DYNAMIC_REFERENCES[dialect]} {error.code}")
            return
        target = self._scope.target(self._documents, initial, unquote(reference.partition("#")[2]))
        result.setdefault("allOf", []).append(self._definition(target, dialect, FREE))

    def _discriminate(
        self, node: Located, base: str, dialect: str, around: Around, result: dict[str, Any]
    ) -> None:
        """Adds what a discriminator demands beyond the plain schema."""
        name = discriminator.property_name(node.value, dialect)
        if (
            name is None
            or self._definitions.discriminators is Discriminators.IGNORED
            or Origin(node.source, node.path) in around.plain
        ):
            return
        if self._definitions.discriminators is Discriminators.TAGGED:
            self._tag(node, name, result)
            return
        implicit = discriminator.alternatives(node)
        if not implicit:
            around = around.without(Origin(node.source, node.path))
            implicit = self._definitions.heirs.of(node)
        written = discriminator.mapping(node.value)
        explicit = {
            value: self._target(node, target, base, dialect, around) for value, target in written.items()
        }
        schemas = {value: schema for value, schema in explicit.items() if isinstance(schema, dict)}
        for value, target in implicit.items():
            # A schema that is mapped goes by that value "rather than the default (implicit) value" (3.0.3).
            schema = self._target(node, target, base, dialect, around)
            if isinstance(schema, dict) and schema not in schemas.values():
                schemas[value] = schema
        fallback = discriminator.default(node.value, dialect)
        otherwise = self._target(node, fallback, base, dialect, around) if fallback is not None else None
        # Names alone close nothing: people leave the mapping out and then use other values than the names.
        closed = bool(explicit) and True not in explicit.values() and fallback is None
        added = discriminator.narrowing(
            name, schemas, closed=closed, otherwise=otherwise if isinstance(otherwise, dict) else None
        )
        if self._definitions.discriminators is Discriminators.SELECTING and "oneOf" in result and schemas:
            added += discriminator.selecting(name, schemas, result.pop("oneOf"))
        if added:
            result["allOf"] = [*result.get("allOf", ()), *added]

    @staticmethod
    def _tag(node: Located, name: str, result: dict[str, Any]) -> None:
        members = node.value.get("oneOf")
        if not isinstance(members, list) or not members or len(members) != len(result.get("oneOf", ())):
            return
        references = [one.get("$ref") if isinstance(one, dict) else None for one in members]
        explicit = {
            value: discriminator.as_reference(target)
            for value, target in discriminator.mapping(node.value).items()
        }
        tagged = discriminator.tagged(name, result["oneOf"], references, explicit)
        if tagged is not None:
            result["oneOf"] = tagged

    def _target(self, node: Located, target: str, base: str, dialect: str, around: Around) -> Translatable:
        return self._reference(node, discriminator.as_reference(target), base, dialect, around)

    def _leave(self, node: Located, what: str) -> None:
        self.unmodelled[f"{what} ({node.source}#{to_pointer(node.path)})"] = None
