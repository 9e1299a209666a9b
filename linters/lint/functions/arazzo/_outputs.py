"""What is wrong with the outputs of a workflow or a step (Arazzo 1.0.1, 4.6.4 and 4.6.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from contracts.pointers import Path
from linters.lint.function import Problem

from ._documents import Part
from ._expressions import holds

_NAME = re.compile(r"[a-zA-Z0-9.\-_]+")


def are_texts(holders: Iterable[Part]) -> bool:
    """Whether all outputs are mappings of names to texts; others are not judged, but by the document's schema."""
    return all(
        isinstance(outputs, dict) and all(isinstance(value, str) for value in outputs.values())
        for outputs in (holder["outputs"] for _, holder in holders if "outputs" in holder)
    )


def flaws(holder: dict[str, Any], path: Path, root: Any, workflow: int) -> Iterator[Problem]:
    """`path` leads to the workflow or step `holder`, which stands in the workflow of that index.

    Places end in the output's number, as Spectral's do; nothing is there, and findings are at the output.
    """
    for index, (name, value) in enumerate(holder.get("outputs", {}).items()):
        place = (*path, "outputs", name, index)
        if _NAME.fullmatch(name) is None:
            message = f"`{name}` is no name for an output. Letters, digits, `.`, `-` and `_` are allowed."
            yield Problem(message, at=place)
        if not holds(value, root, workflow):
            message = f"`{value}` is no runtime expression, or names something that does not exist."
            yield Problem(message, at=place)
