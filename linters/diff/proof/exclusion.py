"""Whether exactly one of some alternatives (`oneOf`) stays exactly one of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .definitions import Definitions, JsonSchema, reference

if TYPE_CHECKING:
    from .containment import Structural


def stays(proof: Structural, inner: tuple[JsonSchema, ...], outer: list[JsonSchema]) -> bool:
    """Whether one of the `oneOf`s that the conjunction demands stays exactly one of `outer`.

    Each old alternative lies within a new one. Another new one cannot take its values too, where it lies
    itself within another old alternative, which excludes them, or is apart from it.
    """
    return any(_keeps(proof, branches, outer) for branches in _demanded(inner, proof.inner))


def _keeps(proof: Structural, branches: list[JsonSchema], outer: list[JsonSchema]) -> bool:
    matched: list[int] = []
    for branch in branches:
        found = [n for n, other in enumerate(outer) if proof.conjunction((branch,), other) is None]
        if not found:
            return False
        matched.append(found[0])
    for index, branch in enumerate(branches):
        for n, other in enumerate(outer):
            if n == matched[index]:
                continue
            rivals = [branches[k] for k in range(len(branches)) if k != index and matched[k] == n]
            excluded = any(proof.reverse.proves(other, rival) is None for rival in rivals)
            if not excluded and not proof.are_apart((branch,), (other,)):
                return False
    return True


def _demanded(inner: tuple[JsonSchema, ...], definitions: Definitions) -> Iterator[list[JsonSchema]]:
    """Every `oneOf` that a conjunction demands."""
    stack, seen = list(inner), set()
    while stack:
        schema = stack.pop()
        if isinstance(schema, bool):
            continue
        name = reference(schema)
        if name is not None and name in definitions and name not in seen:
            seen.add(name)
            stack.append(definitions[name])
        stack.extend(schema.get("allOf", ()))
        if schema.get("oneOf"):
            yield schema["oneOf"]
