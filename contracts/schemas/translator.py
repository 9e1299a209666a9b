"""From a schema as written to one self-contained JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.elements.common import Origin, Schema
from contracts.errors import LimitExceeded
from contracts.references import DocumentSet, Located

from .definitions import Definitions
from .direction import Direction
from .discriminator import Discriminators
from .keywords import KNOWN

_ENTRIES = 5_000_000
"""How many definitions all translations of one contract may hold together; Stripe's hold 50,000."""


@dataclass(frozen=True, slots=True, eq=False)
class Translated:
    """A schema that stands on its own.

    `schema` holds local `$defs` only, `$ref`s in it are `#/$defs/NAME`; its parts are shared between
    translations: treat it as frozen. `sources` says where each definition is written. `unmodelled` names what
    could not be carried over (`keyword (file#/pointer)`, or a dialect): where it is not empty, what the
    schema accepts may still be wrong, and must count as unchecked.
    """

    schema: dict[str, Any] | bool
    sources: Mapping[str, Origin]
    unmodelled: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A schema whose references lead into a table that all schemas of a contract share.

    `schema` has no `$defs` of its own. `names` are the definitions that it needs, itself or through others;
    `table` holds them (and more, and grows), each with references of the same form.
    """

    schema: dict[str, Any] | bool
    names: tuple[str, ...]
    table: Mapping[str, dict[str, Any] | bool]
    unmodelled: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Bundle:
    """Definitions that belong together."""

    definitions: dict[str, dict[str, Any] | bool]
    sources: dict[str, Origin]


class Translator:
    """Translates the schemas of one contract. Each definition is translated once per direction.

    `refuse_one_way` makes a schema refuse readOnly properties in requests and writeOnly ones in responses,
    which the specification only says should not be sent; they are never required there.
    `discriminators` says what becomes of discriminators. With `xml_hints` the keyword `xml` is kept, for those
    who read bodies by it; to a validator it says nothing.
    """

    def __init__(
        self,
        documents: DocumentSet,
        *,
        refuse_one_way: bool = False,
        discriminators: Discriminators = Discriminators.ENFORCED,
        xml_hints: bool = False,
    ) -> None:
        self.documents = documents
        self._refuse_one_way = refuse_one_way
        self._discriminators = discriminators
        self._xml_hints = xml_hints
        self._definitions: dict[Direction | None, Definitions] = {}
        self._entries = 0
        self._needed: dict[
            tuple[Direction | None, tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]
        ] = {}
        self._bundles: dict[tuple[Direction | None, tuple[str, ...]], _Bundle] = {}
        self._translated: dict[tuple[int, Origin, str, Direction | None], tuple[Schema, Translated]] = {}

    def translate(self, schema: Schema, direction: Direction | None = None) -> Translated:
        """The self-contained translation for data that flows in `direction`, or both ways where None."""
        # By identity of the value too: a form or a merged trait is made up, and shares its place with its parts.
        key = (id(schema.value), schema.origin, schema.dialect, direction)
        found = self._translated.get(key)
        if found is None:
            found = schema, self._standing_alone(schema, direction)
            self._translated[key] = found  # the schema is held, so that its id is not given away again
        return found[1]

    def shared(self, schema: Schema, direction: Direction | None = None) -> Shared:
        """The translation with its definitions left in the table of the whole contract."""
        definitions = self._table(direction)
        if schema.dialect not in KNOWN:
            return Shared(True, (), definitions.table, (_foreign(schema),))
        root = definitions.translate(_located(schema), schema.dialect)
        names, unmodelled = self._closure(definitions, root.names)
        return Shared(root.schema, names, definitions.table, _both(root.unmodelled, unmodelled))

    def _standing_alone(self, schema: Schema, direction: Direction | None) -> Translated:
        if schema.dialect not in KNOWN:
            return Translated(True, {}, (_foreign(schema),))
        definitions = self._table(direction)
        root = definitions.translate(_located(schema), schema.dialect)
        names, unmodelled = self._closure(definitions, root.names)
        bundle = self._bundle(definitions, root.names, names)
        value = root.schema
        if names and isinstance(value, dict):
            value = {**value, "$defs": bundle.definitions}
        return Translated(value, bundle.sources, _both(root.unmodelled, unmodelled))

    def _table(self, direction: Direction | None) -> Definitions:
        found = self._definitions.get(direction)
        if found is None:
            found = self._definitions[direction] = Definitions(
                self.documents,
                direction,
                refuse_one_way=self._refuse_one_way,
                discriminators=self._discriminators,
                xml_hints=self._xml_hints,
            )
        return found

    def _closure(
        self, definitions: Definitions, names: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The definitions that `names` lead to, and what is unmodelled in them; many schemas ask for the same."""
        key = (definitions.direction, names)
        found = self._needed.get(key)
        if found is None:
            every = definitions.closure(names)
            self._entries += len(every)
            if self._entries > _ENTRIES:
                raise LimitExceeded(
                    "too-entangled",
                    f"The schemas of the contract need more than {_ENTRIES:,} definitions, counted for each.",
                    self.documents.root.source,
                    advice="Split the contract: nearly every schema in it leads to nearly every other.",
                )
            found = self._needed[key] = every, definitions.unmodelled(every)
        return found

    def _bundle(self, definitions: Definitions, names: tuple[str, ...], every: tuple[str, ...]) -> _Bundle:
        key = (definitions.direction, names)
        found = self._bundles.get(key)
        if found is None:
            found = self._bundles[key] = _Bundle(
                {name: definitions.table[name] for name in every},
                {name: definitions.origin(name) for name in every},
            )
        return found


def _both(own: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *others))) if own else others


def _located(schema: Schema) -> Located:
    return Located(schema.value, schema.origin.source, schema.origin.path)


def _foreign(schema: Schema) -> str:
    return f"the schema dialect {schema.dialect}"
