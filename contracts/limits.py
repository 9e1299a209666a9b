"""How much of anything a document may hold before it is refused.

The defaults take every published contract that we know of (the largest, 7 MB, has 250,000 nodes) several
times over. They exist so that a hostile upload costs its sender more than it costs us.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one set of documents."""

    bytes: int = 20 * 1024 * 1024
    """Size of one file, in bytes."""
    depth: int = 200
    """Nesting of mappings and sequences."""
    nodes: int = 2_000_000
    """Scalars, mappings and sequences in one file, aliases counted as often as they expand."""
    references: int = 200_000
    """`$ref`s in one set of documents."""
    files: int = 500
    """Files in one set of documents."""


DEFAULT = Limits()
