"""Anchors that a reference finds by the way on which it was come to (JSON Schema 2020-12, section 8.2.3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.pointers import Path

from .scan import Scan

RECURSIVE = ""
"""The name of 2019-09's anchor that has none: `$recursiveAnchor: true` at the root of a resource."""

Place = tuple[str, Path]
"""A document, and the path in it."""


class DynamicAnchors:
    """The dynamic anchors of each schema resource, a resource being a document or what an `$id` in it names."""

    __slots__ = ("_anchors", "_resources")

    def __init__(self, scans: Mapping[str, Scan]) -> None:
        self._resources: dict[str, frozenset[Path]] = {}
        self._anchors: dict[Place, dict[str, Path]] = {}
        for source, scan in scans.items():
            if not scan.dynamic and not scan.recursive:
                continue
            self._resources[source] = frozenset(scan.identifiers.values())
            for name, paths in scan.dynamic.items():
                for path in sorted(paths, key=len):
                    self._anchors.setdefault(self.resource(source, path), {}).setdefault(name, path)
            for path in scan.recursive:
                resource = self.resource(source, path)
                if path == resource[1]:
                    self._anchors.setdefault(resource, {})[RECURSIVE] = path

    def __bool__(self) -> bool:
        return bool(self._anchors)

    def resource(self, source: str, path: Path) -> Place:
        """The root of the resource that a node is in: itself, or the nearest `$id` above, or the document."""
        roots = self._resources.get(source)
        if roots:
            for length in range(len(path), 0, -1):
                if path[:length] in roots:
                    return source, path[:length]
        return source, ()

    def within(self, source: str, path: Path) -> Mapping[str, Path]:
        """The dynamic anchors of the resource that a node is in, by name."""
        return self._anchors.get(self.resource(source, path), {})
