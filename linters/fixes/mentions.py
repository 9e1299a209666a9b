"""Who mentions a place or a name: what has to follow when it is renamed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from contracts.document import Document
from contracts.pointers import Path, from_pointer
from contracts.references.names import join, split
from contracts.references.scan import Mention, scan

from .changes import Put
from .edits import CannotFix

_DEEPEST = 16
"""How many names of a reference are looked at; `#/components/schemas/Order/properties/line` has five."""
_PROSE = frozenset({"title", "summary", "description", "name", "$comment"})
_VARIABLE = re.compile(r"\{([^{}]*)\}").findall
_DATA = frozenset({"example", "examples", "default", "value", "enum", "const"})


class Mentions:
    """The references and names in documents, by their sources."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    def renamed(self, source: str, path: Path, key: str) -> Iterator[tuple[str, Put]]:
        """Each reference through `path` of `source`, as it reads once the last key there is `key`."""
        if len(path) > _DEEPEST:
            raise CannotFix("it lies too deep for its references to be followed")
        for name, mention in self._through.get((source, tuple(map(str, path))), ()):
            place, fragment = split(mention.reference)
            tokens = fragment.split("/")
            tokens[len(path)] = _token(key)
            yield name, Put(mention.path, f"{place}#{'/'.join(tokens)}")

    def is_said(self, text: str) -> int:
        """How often a value, or a key inside an example or a default, is exactly this text.

        Prose, names of parameters, and a `required` beside the properties that it lists are left out.
        """
        return self._said[text]

    @cached_property
    def discriminates(self) -> bool:
        """Whether the names of schemas may be values on the wire: somewhere a `discriminator` is used."""
        return any(
            isinstance(node, dict) and "discriminator" in node
            for document in self._documents.values()
            for node, _ in _nodes(document.value)
        )

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names in braces in the keys of all documents: `{orderNumber}` of a path or a channel."""
        return frozenset(
            name
            for document in self._documents.values()
            for node, _ in _nodes(document.value)
            if isinstance(node, dict)
            for key in node
            for name in _VARIABLE(key)
        )

    @cached_property
    def _said(self) -> Counter[str]:
        return Counter(
            text
            for document in self._documents.values()
            for node, is_data in _nodes(document.value)
            for text in _texts(node, is_data)
        )

    @cached_property
    def _through(self) -> dict[tuple[str, tuple[str, ...]], list[tuple[str, Mention]]]:
        found: dict[tuple[str, tuple[str, ...]], list[tuple[str, Mention]]] = defaultdict(list)
        for name, document in self._documents.items():
            for mention in scan(document.value, name).references:
                place, fragment = split(mention.reference)
                if not fragment.startswith("/"):
                    continue
                target = join(place, name)
                tokens = from_pointer("#" + fragment)[:_DEEPEST]
                for depth in range(1, len(tokens) + 1):
                    found[target, tokens[:depth]].append((name, mention))
        return found


def _token(key: str) -> str:
    """A key as it stands in the fragment of a reference (RFC 6901, section 6)."""
    return quote(key.replace("~", "~0").replace("/", "~1"), safe="!$&'()*+,;=:@/?-._~{}")


def _nodes(value: Any) -> Iterator[tuple[Any, bool]]:
    """Every node, what aliases share once only, and whether it is data of an example or a default."""
    stack, seen = [(value, False)], set()
    while stack:
        node, is_data = stack.pop()
        yield node, is_data
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, dict):
            # A list under `required` is told with the mapping that it stands in.
            stack.extend(
                (child, is_data or key in _DATA)
                for key, child in node.items()
                if key != "required" or isinstance(child, dict)
            )
        else:
            stack.extend((child, is_data) for child in node)


def _texts(node: Any, is_data: bool) -> Iterator[str]:
    """The texts directly in a node that may be meant as names."""
    if isinstance(node, list):
        yield from (item for item in node if isinstance(item, str))
    elif isinstance(node, dict):
        if is_data:
            yield from node
        for key, child in node.items():
            if isinstance(child, str) and (is_data or key not in _PROSE):
                yield child
        listed, properties = node.get("required"), node.get("properties")
        if isinstance(listed, list):
            known = properties if isinstance(properties, dict) and not is_data else {}
            yield from (name for name in listed if isinstance(name, str) and name not in known)
