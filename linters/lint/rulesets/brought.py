"""Functions that a ruleset brings along, under `functions` and `functionsDir`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from contracts.errors import ContractError
from linters.lint.function import Function

from .definition import Faults

FindFunction: TypeAlias = Callable[[str, str, str], Function]
"""A function by its name, the folder that the ruleset names, and the ruleset's name; raises ContractError."""

_FOLDER = "functions"


def brought_functions(
    definition: Mapping[str, Any],
    source: str,
    offered: Mapping[str, Function] | FindFunction,
    faults: Faults,
) -> dict[str, Function]:
    """The functions that the rules of this ruleset may name besides the core functions.

    Those that it brings have to be among the offered ones, or be found; what is not is noted.
    """
    functions = dict(offered) if isinstance(offered, Mapping) else {}
    folder = definition.get("functionsDir", _FOLDER)
    listed = definition.get("functions") or []
    if not isinstance(listed, list) or not isinstance(folder, str):
        faults.add(
            ("functions",), "invalid-ruleset-definition", "'functions' is a list, 'functionsDir' a folder."
        )
        return functions
    for index, entry in enumerate(listed):
        name, schema = entry if isinstance(entry, list) and len(entry) == 2 else (entry, None)
        if isinstance(entry, list) and len(entry) == 1:
            name = entry[0]
        if not isinstance(name, str) or not (schema is None or isinstance(schema, Mapping)):
            faults.add(
                ("functions", index),
                "invalid-ruleset-definition",
                "A function is its name, or a pair of its name and the JSON Schema of its options.",
            )
            continue
        found = _find(name, folder, source, offered, faults, index)
        if found is not None:
            functions[name] = replace(found, options=schema) if schema and not found.options else found
    return functions


def _find(
    name: str,
    folder: str,
    source: str,
    offered: Mapping[str, Function] | FindFunction,
    faults: Faults,
    index: int,
) -> Function | None:
    if isinstance(offered, Mapping):
        if name not in offered:
            faults.add(
                ("functions", index),
                "function-not-allowed",
                f"The ruleset brings a function of its own, {name!r}, which was not allowed.",
                "Functions are Python here and have to be allowed by whoever runs the ruleset.",
            )
        return offered.get(name)
    try:
        return offered(name, folder, source)
    except ContractError as error:
        faults.add(("functions", index), error.code, error.message, error.advice)
        return None
