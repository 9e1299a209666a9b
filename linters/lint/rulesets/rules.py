"""The definition of a rule to a rule: its functions found, their options checked, its expressions parsed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from contracts.pointers import Path
from linters.lint import functions
from linters.lint.errors import ScriptError
from linters.lint.fields import Field, parse_field
from linters.lint.formats import canonical
from linters.lint.function import Function
from linters.lint.javascript import to_string
from linters.lint.jsonpath import parse

from .aliases import Aliases, UnknownAlias
from .definition import Faults
from .model import Then


def check_expressions(given: tuple[str, ...], aliases: Aliases, path: Path, faults: Faults) -> None:
    """Notes aliases that are unknown and expressions that cannot be parsed."""
    try:
        expressions = aliases.expand(given, None)
    except UnknownAlias as error:
        faults.add(path, "undefined-alias", f"{_sentence(error)}", "Define it under 'aliases'.")
        return
    for expression in expressions:
        try:
            parse(expression)
        except ScriptError as error:
            faults.add(path, "invalid-expression", _sentence(error))


def make_then(
    definition: Any, path: Path, allowed: Mapping[str, Function], faults: Faults
) -> tuple[Then, ...]:
    """The questions of a rule; what is wrong with them is noted."""
    listed = definition if isinstance(definition, list) else [definition]
    made = []
    for index, part in enumerate(listed):
        at = (*path, index) if isinstance(definition, list) else path
        then = _make_one(part, at, allowed, faults)
        if then is not None:
            made.append(then)
    return tuple(made)


def _make_one(
    part: Mapping[str, Any], path: Path, allowed: Mapping[str, Function], faults: Faults
) -> Then | None:
    name = part["function"]
    function = allowed.get(name) or functions.find(name)
    if function is None:
        faults.add(
            (*path, "function"),
            "undefined-function",
            f"There is no function {name!r}.",
            _advice(name, allowed),
        )
        return None
    options = part.get("functionOptions")
    before = len(faults.found)
    _check_options(function, options, (*path, "functionOptions"), faults)
    field = _field(part, path, faults)
    if len(faults.found) > before or field is None:
        return None
    try:
        check = function.prepare(options or {})
    except ScriptError as error:
        faults.add((*path, "functionOptions"), "invalid-function-options", f"{name}: {error}")
        return None
    return Then(field, name, options, check)


def _field(part: Mapping[str, Any], path: Path, faults: Faults) -> Field | None:
    try:
        return parse_field(to_string(part["field"]) if "field" in part else None)
    except ScriptError as error:
        faults.add((*path, "field"), "invalid-expression", _sentence(error))
        return None


def _advice(name: str, allowed: Mapping[str, Function]) -> str:
    known = sorted({*functions.names(), *allowed})
    near = difflib.get_close_matches(name, known, n=1)
    return (f"Did you mean {near[0]}? " if near else "") + f"Known are {', '.join(known)}."


def _check_options(function: Function, options: Any, path: Path, faults: Faults) -> None:
    code = "invalid-function-options"
    if function.options is None:
        if options is not None:
            faults.add(path, code, f"{function.name} takes no options.", "Take 'functionOptions' out.")
        return
    if options is None and not function.required:
        return
    for error in _options_validator(function).iter_errors(options):
        # Options that hold lists of texts are small: the whole list is what to look at.
        below = tuple(part for part in error.instance_path if isinstance(part, str))
        if error.kind.name == "additionalProperties":
            for name in error.kind.unexpected:
                faults.add(
                    (*path, *below, name),
                    code,
                    f"{function.name} has no option {name!r}.",
                    _options(function),
                )
        else:
            faults.add((*path, *below), code, f"{function.name}: {error.message}.", _options(function))


_VALIDATORS: dict[str, tuple[Function, Any]] = {}


def _options_validator(function: Function) -> Any:
    known = _VALIDATORS.get(function.name)
    if known is None or known[0] is not function:
        compiled = jsonschema_rs.Draft202012Validator(dict(function.options or {}))
        known = _VALIDATORS[function.name] = (function, compiled)
    return known[1]


def _options(function: Function) -> str:
    known = (function.options or {}).get("properties", {})
    return f"Its options are {', '.join(known)}." if known else ""


def make_formats(names: Any) -> frozenset[str] | None:
    """Formats by their canonical names; None where none are given, unknown ones left out."""
    if not isinstance(names, list):
        return None
    found = (canonical(name) for name in names if isinstance(name, str))
    return frozenset(name for name in found if name is not None)


def _sentence(error: ScriptError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + "."
