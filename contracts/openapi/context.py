"""What every part of an OpenAPI builder needs."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.elements.common import Schema
from contracts.references import Located
from contracts.schemas.dialects import of_schema_uri
from contracts.tolerant import Reader, origin


@dataclass(frozen=True, slots=True)
class Context:
    """The reader and the document-wide facts."""

    reader: Reader
    line: str
    """`2.0`, `3.0`, `3.1` or `3.2`."""
    dialect: str
    """The dialect of schemas that do not name one."""

    def schema(self, node: Located, key: str = "schema") -> Schema | None:
        """The schema at `key`; None where there is none, and with a problem where it cannot be one."""
        if not isinstance(node.value, dict) or node.value.get(key) is None:
            return None
        held = node.child(key)
        if not isinstance(held.value, dict | bool):
            self.reader.mapping(held)
            return None
        dialect = self.dialect
        if isinstance(held.value, dict) and dialect not in ("openapi-2.0", "openapi-3.0"):
            dialect = of_schema_uri(held.value.get("$schema")) or dialect
        return Schema(held.value, origin(held), dialect)
