"""What schemas are made of by `$ref` and `allOf`, and what a whole imposes on its parts."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from contracts.elements.common import Origin
from contracts.errors import UnresolvableReference
from contracts.pointers import Path
from contracts.references import DocumentSet, Located

_PARTS = 200
"""How many parts of one schema are looked at; larger compositions are not found in practice."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the schemas that a schema is composed into impose on it."""

    exempt: frozenset[str] = frozenset()
    """Names that it must not require, because the whole marks them as flowing the other way."""
    plain: frozenset[Origin] = frozenset()
    """Schemas whose discriminator is being followed already, and counts no second time."""

    def exempting(self, names: frozenset[str]) -> Around:
        return replace(self, exempt=self.exempt | names) if names - self.exempt else self

    def without(self, origin: Origin) -> Around:
        return replace(self, plain=self.plain | {origin})

    def at(self, documents: DocumentSet, node: Located) -> Around:
        """As much of it as matters to a schema, so that variants are made only where they differ."""
        if not self.exempt and not self.plain:
            return self
        members = parts(documents, node)
        required: set[str] = set()
        for part in members:
            if isinstance(part.value.get("required"), list):
                required.update(name for name in part.value["required"] if isinstance(name, str))
        origins = {Origin(part.source, part.path) for part in members}
        return Around(self.exempt & required, self.plain & origins)


FREE = Around()
"""Nothing is imposed."""


def parts(documents: DocumentSet, node: Located) -> list[Located]:
    """The schema and every schema that it is by `$ref` and `allOf`, each once, nearest first."""
    found: list[Located] = []
    seen: set[tuple[str, Path]] = set()
    waiting = [node]
    while waiting and len(found) < _PARTS:
        part = waiting.pop()
        if not isinstance(part.value, dict) or (part.source, part.path) in seen:
            continue
        seen.add((part.source, part.path))
        found.append(part)
        members: list[Located] = []
        if isinstance(part.value.get("$ref"), str):
            with suppress(UnresolvableReference):  # it is a problem of the set already
                members.append(documents.lookup(part.value["$ref"], documents.base_of(part, within=True)))
        if isinstance(part.value.get("allOf"), list):
            held = part.child("allOf")
            members += [held.child(index) for index in range(len(held.value))]
        waiting += reversed(members)
    return found


class Heirs:
    """Which named schemas are another one by `allOf`: its heirs, to which a discriminator in it may point."""

    def __init__(self, documents: DocumentSet) -> None:
        self._documents = documents
        self._heirs: dict[Origin, dict[str, str]] | None = None

    def of(self, node: Located) -> dict[str, str]:
        """Name → reference of each heir, however far removed."""
        if self._heirs is None:
            self._heirs = self._find()
        return self._heirs.get(Origin(node.source, node.path), {})

    def _find(self) -> dict[Origin, dict[str, str]]:
        found: dict[Origin, dict[str, str]] = {}
        top = self._documents.top
        for keys in (("components", "schemas"), ("definitions",)):
            held = top
            for key in keys:
                if isinstance(held.value, dict) and isinstance(held.value.get(key), dict):
                    held = held.child(key)
                else:
                    break
            else:
                for name, value in held.value.items():
                    if isinstance(value, dict) and isinstance(value.get("allOf"), list):
                        reference = (
                            f"{top.source}#/{'/'.join(keys)}/{name.replace('~', '~0').replace('/', '~1')}"
                        )
                        for part in parts(self._documents, held.child(name))[1:]:
                            found.setdefault(Origin(part.source, part.path), {})[name] = reference
        return found
