"""The schemas of messages, in whatever language they are, with traits merged and references followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from contracts.asyncapi.context import Context as Model
from contracts.asyncapi.traits import applied
from contracts.elements.common import Origin, Schema
from contracts.errors import UnknownSpecification
from contracts.kinds import specification_of
from contracts.pointers import Path
from contracts.references import Located
from contracts.schemas import Translator
from contracts.tolerant import Reader
from linters.lint.function import Context

PARTS = ("payload", "headers")


@dataclass(frozen=True, slots=True)
class Part:
    """A schema, and where it stands below the target. `named` is where its language is named, if it is."""

    below: Path
    schema: Schema
    named: Path | None = None


class Workbench:
    """What judging the schemas of one document needs, made once."""

    def __init__(self, context: Context, line: str) -> None:
        self.line = line
        self.documents = context.documents
        self.model = Model(Reader(context.documents), line, None)
        self.translator = Translator(context.documents)
        self._parts: dict[tuple[str, Path], tuple[Part, ...]] = {}
        self._validators: dict[tuple[Origin, str, int], jsonschema_rs.Draft202012Validator | None] = {}

    def fields(self, message: Located) -> dict[str, Located]:
        """The fields of a message with its traits merged in."""
        return applied(self.model.reader, message, own_wins=self.model.is_3)

    def below(self, message: Located, field: str) -> Path:
        """Where the field that counts is written: in the message, or in one of its traits."""
        traits = message.value.get("traits")
        layers: list[Path] = [()] if field in message.value else []
        for index in range(len(traits) if isinstance(traits, list) else 0):
            trait = self.model.reader.mapping(message.child("traits").child(index))
            if trait is not None and field in trait.value:
                layers.append(("traits", index))
        own = self.model.is_3 and field in message.value
        return (field,) if own or not layers else (*layers[-1], field)

    def of_message(self, message: Located) -> tuple[Part, ...]:
        """The payload and the headers of a message."""
        place = (message.source, message.path)
        if place not in self._parts:
            self._parts[place] = tuple(self._of_message(message))
        return self._parts[place]

    def _of_message(self, message: Located) -> Iterator[Part]:
        fields = self.fields(message)
        for field in PARTS:
            own = fields.get("schemaFormat") if field == "payload" and not self.model.is_3 else None
            below = self.below(message, field)
            named = self.below(message, "schemaFormat") if own is not None else None
            yield from self._part(fields.get(field), below, own, named)

    def of_schema(self, held: Located) -> Iterator[Part]:
        """A schema that stands for itself, such as one of the components."""
        return self._part(held, (), None, None)

    def _part(
        self, held: Located | None, below: Path, own: Located | None, named: Path | None
    ) -> Iterator[Part]:
        schema = self.model.schema(held, own.value if own is not None else None)
        if held is None or schema is None:
            return
        wrapper = self.model.reader.follow(held) if self.model.is_3 else None
        if wrapper is not None and isinstance(wrapper.value, dict) and "schemaFormat" in wrapper.value:
            yield Part((*below, "schema"), schema, (*below, "schemaFormat"))
        else:
            yield Part(below, schema, named)

    def validator(self, schema: Schema) -> jsonschema_rs.Draft202012Validator | None:
        """The compiled schema; None where it cannot be told for certain what it accepts."""
        key = (schema.origin, schema.dialect, id(schema.value))  # the translator keeps the value alive
        if key not in self._validators:
            self._validators[key] = self._compiled(schema)
        return self._validators[key]

    def _compiled(self, schema: Schema) -> jsonschema_rs.Draft202012Validator | None:
        translated = self.translator.translate(schema)
        if translated.unmodelled:
            return None
        try:
            return jsonschema_rs.Draft202012Validator(translated.schema, validate_formats=True, offline=True)
        except ValueError:
            return None  # it is no schema, and another rule says so

    def nested(self, schema: Schema, value: Any, below: Path) -> Schema:
        """A part of a schema, written `below` it."""
        return Schema(value, Origin(schema.origin.source, (*schema.origin.path, *below)), schema.dialect)


def workbench(context: Context) -> Workbench | None:
    """The one of this document; None where it is no AsyncAPI document of a version that we know."""
    if "asyncapi" not in context.memo:
        try:
            specification = specification_of(context.documents.root)
        except UnknownSpecification:
            specification = None
        known = specification is not None and specification.kind == "asyncapi"
        context.memo["asyncapi"] = Workbench(context, specification.line) if specification and known else None
    found: Workbench | None = context.memo["asyncapi"]
    return found


def located(context: Context, target: Any) -> Located | None:
    """Where the target is really written; None for what is no mapping."""
    node = context.documents.locate(context.path)
    return node if isinstance(target, dict) and isinstance(node.value, dict) else None
