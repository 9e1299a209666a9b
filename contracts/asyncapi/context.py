"""What every part of an AsyncAPI builder needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.elements.common import Schema, SecurityRequirement
from contracts.openapi.security import requirements
from contracts.references import Located
from contracts.schemas.dialects import of_schema_format, of_schema_uri
from contracts.tolerant import Reader, origin


@dataclass(frozen=True, slots=True)
class Context:
    """The reader and the document-wide facts."""

    reader: Reader
    line: str
    """`2.0` … `2.6`, `3.0` or `3.1`."""
    default_content_type: str | None

    @property
    def is_3(self) -> bool:
        return self.line.startswith("3")

    def schema(self, held: Located | None, schema_format: Any = None) -> Schema | None:
        """A schema; in 3.x possibly behind the wrapper `{schemaFormat, schema}`, also at the end of a `$ref`."""
        if held is None or held.value is None:
            return None
        if self.is_3:
            wrapped = self.reader.follow(held)
            if wrapped is not None and isinstance(wrapped.value, dict) and "schemaFormat" in wrapped.value:
                schema_format = wrapped.value["schemaFormat"]
                held = wrapped.child("schema") if "schema" in wrapped.value else None
                if held is None:
                    self.reader.problem(
                        wrapped,
                        "schema-missing",
                        "There is a schemaFormat without a schema.",
                        "Add 'schema'.",
                    )
                    return None
        dialect = of_schema_format(schema_format)
        if isinstance(held.value, dict) and dialect == "asyncapi":
            dialect = of_schema_uri(held.value.get("$schema")) or dialect
        if dialect.startswith(("asyncapi", "json-schema", "openapi")) and not isinstance(
            held.value, dict | bool
        ):
            self.reader.mapping(held)
            return None
        return Schema(held.value, origin(held), dialect)

    def bindings(self, held: Located | None) -> Mapping[str, Any]:
        """Protocol → binding, references followed."""
        if held is None:
            return {}
        node = Located({"bindings": held.value}, held.source, held.path[:-1])
        return {name: one.value for name, one in self.reader.mappings(node, "bindings")}

    def security(self, node: Located) -> tuple[SecurityRequirement, ...] | None:
        """The `security` of a server or operation; None where it is not stated.

        In 2.x a list of requirements by name; in 3.x of security schemes, mostly by reference, each with its
        scopes (3.0.0, "Security Scheme Object").
        """
        reader = self.reader
        if not self.is_3 or node.value.get("security") is None:
            return requirements(reader, node)
        found: list[SecurityRequirement] = []
        for item in reader.items(node, "security"):
            held = reader.mapping(item)
            if held is not None:
                named = (
                    referenced_name(reader, item) if "$ref" in item.value else self._named_alike(held.value)
                )
                found.append({named or reader.text(held, "type"): reader.texts(held, "scopes")})
        return tuple(found)

    def _named_alike(self, scheme: Mapping[str, Any]) -> str | None:
        """The component that a scheme repeats, its scopes and description aside; None where none or several are."""
        known = self.reader.mapping(self.reader.documents.top, "components")
        named = self.reader.mappings(known, "securitySchemes") if known is not None else ()
        alike = [name for name, held in named if _bare(held.value) == _bare(scheme)]
        return alike[0] if len(alike) == 1 else None

    def tags(self, held: Located | None) -> tuple[str, ...]:
        """The names of a list of tags."""
        if held is None:
            return ()
        node = Located({"tags": held.value}, held.source, held.path[:-1])
        return tuple(self.reader.text(one, "name") for one in self.reader.item_mappings(node, "tags"))


def _bare(scheme: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in scheme.items() if key not in ("scopes", "description")}


def referenced_name(reader: Reader, item: Located) -> str | None:
    """The last token of the `$ref` that an item is; None, with a problem, where it is none."""
    reference = item.value.get("$ref") if isinstance(item.value, dict) else None
    if not isinstance(reference, str):
        reader.problem(
            item, "reference-expected", "A $ref is expected here.", "Refer to a server of the contract."
        )
        return None
    return reference.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
