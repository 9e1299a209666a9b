"""Reading a document whose parts may be missing, of the wrong type, or behind a reference.

The builders go on where something cannot be understood, and each such place is kept as a problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .elements.common import Origin
from .errors import ContractError, LimitExceeded, UnresolvableReference
from .pointers import to_pointer
from .references import DocumentSet, Located

_PROBLEMS = 500
"""How many problems are told one by one."""

_EXTENSIBLE = frozenset({"paths", "responses", "callbacks", "bindings"})
"""Maps with fields of their own beside the patterned ones (OpenAPI "Paths Object", "Responses Object"; AsyncAPI bindings)."""
_STEPS = 2_000_000
"""How many mappings are read for one model. References let a small document say much: the largest published
ones take a tenth of this."""


class Reader:
    """Follows references and checks types, and remembers what was wrong."""

    def __init__(self, documents: DocumentSet) -> None:
        self.documents = documents
        self._steps = 0
        self.problems: list[ContractError] = list(documents.problems)
        self._told = {(problem.source, problem.pointer) for problem in documents.problems}

    def problem(self, node: Located, code: str, message: str, advice: str) -> None:
        """Keeps a problem with a node, once."""
        pointer = to_pointer(node.path)
        if (node.source, pointer) in self._told or len(self.problems) >= _PROBLEMS + len(
            self.documents.problems
        ):
            return
        self._told.add((node.source, pointer))
        line = self.documents.line(node)
        self.problems.append(ContractError(code, message, node.source, line, None, pointer, advice))

    def follow(self, node: Located) -> Located | None:
        """The node itself, or what its `$ref` finally stands for; None where that cannot be resolved."""
        value = node.value
        if not isinstance(value, dict) or "$ref" not in value:
            return node
        if not isinstance(value["$ref"], str):
            self._wrong(node.child("$ref"), "text")
            return None
        try:
            return self.documents.resolve(value["$ref"], node.source)
        except UnresolvableReference as error:
            self.problem(node.child("$ref"), error.code, error.message, error.advice)
            return None

    def mapping(self, node: Located, key: str | int | None = None) -> Located | None:
        """The member `key` (or the node itself) as a mapping, references followed; None if absent or wrong."""
        if key is not None:
            if not isinstance(node.value, dict) or node.value.get(key) is None:
                return None
            node = node.child(key)
        self._steps += 1
        if self._steps > _STEPS:
            raise LimitExceeded(
                "too-entangled",
                f"The contract says more than {_STEPS:,} things when its references are followed.",
                node.source,
                self.documents.line(node),
                pointer=to_pointer(node.path),
                advice="Refer to large path items, responses and parameters less often.",
            )
        found = self.follow(node)
        if found is None:
            return None
        if not isinstance(found.value, dict):
            self._wrong(found, "a mapping")
            return None
        return found

    def members(self, node: Located | None, key: str) -> Iterator[tuple[str, Located]]:
        """Name and node of each member of the mapping at `key`, extensions left out, references kept.

        Only some maps may be extended; in the others, headers above all, `x-…` is a name like any other.
        """
        held = self.mapping(node, key) if node is not None else None
        if held is not None:
            for name in held.value:
                if key not in _EXTENSIBLE or not name.startswith("x-"):
                    yield name, held.child(name)

    def mappings(self, node: Located | None, key: str) -> Iterator[tuple[str, Located]]:
        """`members` that are mappings, references followed."""
        for name, member in self.members(node, key):
            found = self.mapping(member)
            if found is not None:
                yield name, found

    def items(self, node: Located | None, key: str) -> Iterator[Located]:
        """Each item of the list at `key`, references kept."""
        if node is None or not isinstance(node.value, dict) or node.value.get(key) is None:
            return
        held = node.child(key)
        if not isinstance(held.value, list):
            self._wrong(held, "a list")
            return
        for index in range(len(held.value)):
            yield held.child(index)

    def item_mappings(self, node: Located | None, key: str) -> Iterator[Located]:
        """`items` that are mappings, references followed."""
        for item in self.items(node, key):
            found = self.mapping(item)
            if found is not None:
                yield found

    def optional_text(self, node: Located, key: str) -> str | None:
        """The text at `key`. A number or boolean is taken as it was written and told as a problem."""
        value = node.value.get(key)
        if value is None or isinstance(value, str):
            return value
        self._wrong(node.child(key), "text")
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else None

    def text(self, node: Located | None, key: str) -> str:
        """`optional_text`, empty where there is none."""
        return (self.optional_text(node, key) or "") if node is not None else ""

    def texts(self, node: Located, key: str) -> tuple[str, ...]:
        """The texts in the list at `key`."""
        found = []
        for item in self.items(node, key):
            if isinstance(item.value, str):
                found.append(item.value)
            else:
                self._wrong(item, "text")
        return tuple(found)

    def flag(self, node: Located, key: str, default: bool = False) -> bool:
        """The boolean at `key`; `"true"` in quotes counts and is told as a problem."""
        value = node.value.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        self._wrong(node.child(key), "a boolean")
        return value.lower() == "true" if isinstance(value, str) else default

    def data(self, node: Located, key: str) -> Mapping[str, Any]:
        """The mapping at `key` as it is, for what the model passes through."""
        held = self.mapping(node, key)
        return held.value if held is not None else {}

    def _wrong(self, node: Located, wanted: str) -> None:
        kinds = {
            dict: "a mapping",
            list: "a list",
            str: "text",
            bool: "a boolean",
            int: "a number",
            float: "a number",
        }
        found = "empty" if node.value is None else kinds.get(type(node.value), type(node.value).__name__)
        name = f"'{node.path[-1]}'" if node.path else "The document"
        self.problem(node, "wrong-type", f"{name} should be {wanted} and is {found}.", f"Make it {wanted}.")


def origin(node: Located) -> Origin:
    """Where a node is written."""
    return Origin(node.source, node.path)


def extensions(node: Located | None) -> dict[str, Any]:
    """The `x-*` members of a mapping."""
    if node is None or not isinstance(node.value, dict):
        return {}
    return {key: value for key, value in node.value.items() if key.startswith("x-")}
