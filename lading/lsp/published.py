"""What is shown in which document, whoever found it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lsprotocol import types


class Published:
    """Two contracts may find things in a file that they share; each of them takes back its own only."""

    def __init__(self) -> None:
        self._by_root: dict[str, Mapping[str, Sequence[types.Diagnostic]]] = {}

    def replace(
        self, root: str, found: Mapping[str, Sequence[types.Diagnostic]]
    ) -> dict[str, list[types.Diagnostic]]:
        """Keeps what the document `root` has found, by URI. Gives what is to be shown in each that is concerned."""
        before = self._by_root.pop(root, {})
        if found:
            self._by_root[root] = found
        return {uri: self._shown(uri) for uri in dict.fromkeys([*found, *before])}

    def _shown(self, uri: str) -> list[types.Diagnostic]:
        unique: dict[tuple[object, ...], types.Diagnostic] = {}
        for found in self._by_root.values():
            for one in found.get(uri, ()):
                start = one.range.start
                unique.setdefault((start.line, start.character, one.code, one.message), one)
        return list(unique.values())
