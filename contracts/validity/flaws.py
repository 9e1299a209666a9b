"""What a schema validator found, said so that a person can mend it.

A validator's own message quotes the whole value and, for alternatives, says only that none of them fits. A flaw
names the place that is nearest to the mistake, in words, without the value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from contracts.pointers import Path

_SHOWN = 60
_NAMES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
_FIXED = ("const", "enum")
_LIMITS = {
    "minLength": "The text is shorter than {} characters.",
    "maxLength": "The text is longer than {} characters.",
    "minItems": "The list has fewer than {} items.",
    "maxItems": "The list has more than {} items.",
    "minProperties": "The mapping has fewer than {} fields.",
    "maxProperties": "The mapping has more than {} fields.",
    "minimum": "The number is less than {}.",
    "maximum": "The number is greater than {}.",
    "exclusiveMinimum": "The number must be greater than {}.",
    "exclusiveMaximum": "The number must be less than {}.",
    "multipleOf": "The number is no multiple of {}.",
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One mistake: where, what, and what to do about it. `code` is stable and kebab-case."""

    code: str
    path: Path
    message: str
    advice: str = ""


def flaws(errors: Iterable[jsonschema_rs.ValidationError]) -> Iterator[Flaw]:
    """The flaws that a validator's errors stand for, each once."""
    seen: set[tuple[str, Path, str]] = set()
    for error in errors:
        for flaw in _said(error):
            identity = (flaw.code, flaw.path, flaw.message)
            if identity not in seen:
                seen.add(identity)
                yield flaw


def _said(error: jsonschema_rs.ValidationError) -> Iterator[Flaw]:
    path = tuple(error.instance_path)
    kind: Any = error.kind
    keyword = kind.name
    if keyword in ("anyOf", "oneOf") and getattr(kind, "context", None):
        yield from _alternatives(error, path)
    elif keyword == "required":
        yield _missing(path, kind.property)
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        for name in kind.unexpected:
            yield _unknown(path, name)
    elif keyword == "type":
        yield Flaw("wrong-type", path, _wrong_type(error.instance, kind), "Correct the value.")
    elif keyword in ("enum", "const"):
        yield _wrong_value(path, error.instance, kind)
    elif keyword == "format":
        message = f"{shown(error.instance)} is no {_format(kind.format)}."
        yield Flaw("wrong-format", path, message, "Correct the value.")
    elif keyword == "pattern":
        message = f"{shown(error.instance)} does not match the pattern {kind.pattern}."
        yield Flaw("wrong-format", path, message, "Correct the value.")
    elif keyword == "propertyNames":
        for flaw in _said(kind.error):
            yield Flaw("wrong-name", path, f"The name of a field here is wrong: {flaw.message}", "Rename it.")
    elif keyword == "uniqueItems":
        yield Flaw("duplicate-item", path, "The list holds the same item twice.", "Remove one of the two.")
    elif keyword in _LIMITS:
        yield Flaw("out-of-bounds", path, _LIMITS[keyword].format(kind.value), "Correct the value.")
    else:
        yield _other(error, path)


def _alternatives(error: jsonschema_rs.ValidationError, path: Path) -> Iterator[Flaw]:
    """The errors of the alternative that was most likely meant."""
    kind: Any = error.kind
    branches = [branch for branch in kind.context if branch]
    if len(branches) < len(kind.context):
        # Several alternatives fit where one only may: nothing in any of them is wrong by itself.
        yield Flaw(
            "ambiguous", path, "The value fits several alternatives at once.", "Leave only one of them."
        )
        return
    marks = _marks(branches, path)
    best = _reference(branches, error) or min(branches, key=lambda branch: _distance(branch, path, marks))
    alike = _none_of(branches) or _chosen_by(branches, best)
    if alike is not None:
        yield alike
        return
    for inner in best:
        yield from _said(inner)


def _reference(
    branches: list[list[jsonschema_rs.ValidationError]], error: jsonschema_rs.ValidationError
) -> list[jsonschema_rs.ValidationError] | None:
    """The alternative of a reference, where the value is one with something beside it."""
    if not isinstance(error.instance, dict) or "$ref" not in error.instance:
        return None
    for branch in branches:
        kinds: list[Any] = [inner.kind for inner in branch if inner.instance_path == error.instance_path]
        if len(kinds) == len(branch) and all(
            kind.name == "additionalProperties" and "$ref" not in kind.unexpected for kind in kinds
        ):
            return branch
    return None


def _none_of(branches: list[list[jsonschema_rs.ValidationError]]) -> Flaw | None:
    """Where each alternative asks for one field more and the value has none of them."""
    first = branches[0][0]
    if any(len(branch) > 1 or branch[0].kind.name != "required" for branch in branches):
        return None
    kinds: list[Any] = [
        branch[0].kind for branch in branches if branch[0].instance_path == first.instance_path
    ]
    names = list(dict.fromkeys(f"'{kind.property}'" for kind in kinds))
    if len(kinds) < len(branches) or len(names) < 2:
        return None
    path = tuple(first.instance_path)
    message = f"{_owner(path)} has none of the fields {', '.join(names)}."
    return Flaw("missing-field", path, message, "Add one of them.")


def _chosen_by(
    branches: list[list[jsonschema_rs.ValidationError]], best: list[jsonschema_rs.ValidationError]
) -> Flaw | None:
    """A value that tells the alternatives apart and is that of none: what it may be in any of them."""
    place = next((error.instance_path for error in best if error.kind.name in _FIXED), None)
    if len(branches) < 2 or place is None:
        return None
    here = [
        next((e for e in branch if e.kind.name in _FIXED and e.instance_path == place), None)
        for branch in branches
    ]
    told = [error for error in here if error is not None]
    if len(told) < len(branches):
        return None
    options = dict.fromkeys(shown(option) for error in told for option in _options(error.kind))
    return _not_among(tuple(place), told[0].instance, list(options))


def _marks(branches: list[list[jsonschema_rs.ValidationError]], path: Path) -> set[Path]:
    """The places of fields that tell alternatives apart: several of these have a constant there (`in: path`)."""
    places = Counter(
        tuple(error.instance_path)
        for branch in branches
        for error in branch
        if len(error.instance_path) == len(path) + 1 and _is_constant(error.kind)
    )
    return {place for place, number in places.items() if number > 1}


def _distance(
    branch: list[jsonschema_rs.ValidationError], path: Path, marks: set[Path]
) -> tuple[int, int, int]:
    """How far a value is from an alternative.

    One that wants another type, another constant or a `$ref` was hardly meant. Of the others, the one whose
    first mistake lies deepest fits the outer parts.
    """
    here = [error.kind for error in branch if len(error.instance_path) <= len(path)]
    marked = any(_is_constant(error.kind) and tuple(error.instance_path) in marks for error in branch)
    other = marked or any(map(_is_other, here))
    depth = min(len(error.instance_path) for error in branch)
    return (int(other), -depth, len(branch))


def _is_other(kind: Any) -> bool:
    return kind.name in ("type", "const", "enum") or (kind.name == "required" and kind.property == "$ref")


def _is_constant(kind: Any) -> bool:
    """Before draft 6 a constant was an `enum` of one."""
    return kind.name == "const" or (kind.name == "enum" and len(kind.options) == 1)


def _missing(path: Path, name: str) -> Flaw:
    return Flaw("missing-field", path, f"{_owner(path)} lacks the field '{name}'.", f"Add '{name}'.")


def _owner(path: Path) -> str:
    return "The document" if not path else f"'{path[-1]}'" if isinstance(path[-1], str) else "This item"


def _unknown(path: Path, name: str) -> Flaw:
    advice = "Correct its name or remove it; an extension begins with 'x-'."
    return Flaw("unknown-field", (*path, name), f"There is no field '{_short(name)}' here.", advice)


def _wrong_type(value: Any, kind: Any) -> str:
    expected = [_NAMES.get(name, name) for name in kind.types]
    return f"This is {what(value)}; {' or '.join(expected)} is expected."


def _wrong_value(path: Path, value: Any, kind: Any) -> Flaw:
    return _not_among(path, value, [shown(option) for option in _options(kind)])


def _options(kind: Any) -> list[Any]:
    return list(kind.options) if kind.name == "enum" else [kind.expected_value]


def _not_among(path: Path, value: Any, options: list[str]) -> Flaw:
    listed = ", ".join(options[:12]) + (" …" if len(options) > 12 else "")
    expected = f"one of {listed}" if len(options) > 1 else listed
    return Flaw("wrong-value", path, f"{shown(value)} is not allowed here.", f"Expected is {expected}.")


def _other(error: jsonschema_rs.ValidationError, path: Path) -> Flaw:
    if error.kind.name == "not":
        return Flaw("not-allowed", path, "The value has what is not allowed here.", _not_advice(error))
    return Flaw("invalid", path, _short(error.message, 200))


def _not_advice(error: jsonschema_rs.ValidationError) -> str:
    kind: Any = error.kind
    schema = kind.schema
    names = schema.get("required") if isinstance(schema, dict) else None
    return f"Remove {' and '.join(map(repr, names))}." if names else ""


def _format(name: str) -> str:
    known = {
        "uri": "URI",
        "uri-reference": "URI reference",
        "email": "e-mail address",
        "regex": "regular expression",
    }
    return known.get(name, name)


def shown(value: Any) -> str:
    """A value as a message can carry it."""
    if isinstance(value, str):
        return f"'{_short(value)}'"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return _short(str(value)) if isinstance(value, int | float) else what(value)


def what(value: Any) -> str:
    """What kind of value it is, in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "empty"
    names = {dict: "a mapping", list: "a list", str: "text", int: "a number", float: "a number"}
    return names.get(type(value), "a value")


def _short(text: str, length: int = _SHOWN) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
