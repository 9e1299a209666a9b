"""The table of translated definitions that all schemas of a contract share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.elements.common import NOWHERE, Origin
from contracts.errors import LimitExceeded
from contracts.pointers import to_pointer
from contracts.references import DocumentSet, Located

from .composition import FREE, Around, Heirs
from .direction import Direction
from .discriminator import Discriminators
from .scope import NOWHERE as UNBOUND
from .scope import Scope
from .translation import Translation

_MOST = 100_000
"""How many definitions one table may hold: every schema of the largest contracts, in several variants."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

Key: TypeAlias = tuple[Origin, str, Around, Scope]
"""Where a definition is written, its dialect, what is imposed on it, and the way to it."""


@dataclass(slots=True)
class Piece:
    """A translated schema and what is known about it."""

    schema: dict[str, Any] | bool = True
    names: tuple[str, ...] = ()
    """The definitions that it refers to itself."""
    unmodelled: tuple[str, ...] = ()
    origin: Origin = NOWHERE


class Definitions:
    """Translates definitions when they are first referred to, each once."""

    def __init__(
        self,
        documents: DocumentSet,
        direction: Direction | None,
        *,
        refuse_one_way: bool,
        discriminators: Discriminators,
        xml_hints: bool = False,
    ) -> None:
        self.documents = documents
        self.direction = direction
        self.refuse_one_way = refuse_one_way
        self.discriminators = discriminators
        self.xml_hints = xml_hints
        self.heirs = Heirs(documents)
        self.table: dict[str, dict[str, Any] | bool] = {}
        self._pieces: dict[str, Piece] = {}
        self._names: dict[Key, str] = {}
        self._numbers: dict[str, int] = {}
        self._waiting: list[tuple[str, Located, Key]] = []
        self._has_unmodelled = False

    def translate(self, node: Located, dialect: str) -> Piece:
        """A schema that is no definition itself; all that it refers to is in the table afterwards."""
        piece = self._piece(node, dialect, FREE, UNBOUND.entering(self.documents, node))
        while self._waiting:
            name, located, (_, its_dialect, around, scope) = self._waiting.pop()
            found = self._piece(located, its_dialect, around, scope)
            self._pieces[name] = found
            self.table[name] = found.schema
            self._has_unmodelled = self._has_unmodelled or bool(found.unmodelled)
        return piece

    def name(self, located: Located, dialect: str, around: Around, scope: Scope = UNBOUND) -> str:
        """The name of the definition at a place; it is translated soon if it is not yet."""
        key = (Origin(located.source, located.path), dialect, around, scope.entering(self.documents, located))
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= _MOST:
                raise LimitExceeded(
                    "too-entangled",
                    f"The schemas of the contract refer to more than {_MOST:,} definitions.",
                    located.source,
                    self.documents.line(located),
                    pointer=to_pointer(located.path),
                    advice="Compose schemas with discriminators and readOnly properties in fewer levels.",
                )
            found = self._names[key] = self._free_name(located)
            self._pieces[found] = Piece(origin=key[0])
            self._waiting.append((found, located, key))
        return found

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """These definitions and all that they refer to, nearest first."""
        found = dict.fromkeys(names)
        waiting = list(found)
        for name in waiting:  # grows while it is walked
            for other in self._pieces[name].names:
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return tuple(found)

    def unmodelled(self, names: Iterable[str]) -> tuple[str, ...]:
        """What could not be carried over in some definitions, each once."""
        if not self._has_unmodelled:
            return ()
        return tuple(dict.fromkeys(one for name in names for one in self._pieces[name].unmodelled))

    def origin(self, name: str) -> Origin:
        return self._pieces[name].origin

    def _piece(self, node: Located, dialect: str, around: Around, scope: Scope) -> Piece:
        work = Translation(self, node, scope)
        base = self.documents.base_of(node)
        schema = work.schema(node, base, dialect, around)
        return Piece(schema, tuple(work.names), tuple(work.unmodelled), Origin(node.source, node.path))

    def _free_name(self, located: Located) -> str:
        stem = _UNSAFE.sub("_", str(located.path[-1]) if located.path else located.source.rpartition("/")[2])
        stem = stem or "schema"
        while True:
            number = self._numbers[stem] = self._numbers.get(stem, 0) + 1
            name = stem if number == 1 else f"{stem}-{number}"
            if name not in self._pieces:
                return name
