"""JSON Schema for rules: which errors are told, in which order, and in whose words.

Validation itself is jsonschema-rs. Of several errors Spectral tells the one that its validator, Ajv, meets first;
`_rank` knows the order in which Ajv looks at keywords.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import jsonschema_rs

from contracts.pointers import Path, from_pointer

from .errors import ScriptError
from .javascript import to_string
from .printing import brief, subject
from .projection import Projection
from .regular_expressions import compile_pattern

DIALECTS: dict[str, Callable[..., Any]] = {
    "draft4": jsonschema_rs.Draft4Validator,
    "draft6": jsonschema_rs.Draft6Validator,
    "draft7": jsonschema_rs.Draft7Validator,
    "draft2019-09": jsonschema_rs.Draft201909Validator,
    "draft2020-12": jsonschema_rs.Draft202012Validator,
}
_DRAFT = re.compile(r"https?://json-schema\.org/draft[-/](?:0?(4|6|7)|(2019-09|2020-12))/")

_ORDER = [
    "type",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "multipleOf",
    "maxLength",
    "minLength",
    "pattern",
    "format",
    "$ref",
    "$dynamicRef",
    "$recursiveRef",
    "const",
    "enum",
    "not",
    "anyOf",
    "oneOf",
    "allOf",
    "if",
    "then",
    "else",
    "maxItems",
    "minItems",
    "uniqueItems",
    "prefixItems",
    "additionalItems",
    "items",
    "contains",
    "maxProperties",
    "minProperties",
    "required",
    "dependentRequired",
    "propertyNames",
    "additionalProperties",
    "dependencies",
    "dependentSchemas",
    "properties",
    "patternProperties",
    "unevaluatedItems",
    "unevaluatedProperties",
]
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas", "dependencies"})
"""Keywords with schemas by names."""
RANK = {keyword: rank for rank, keyword in enumerate(_ORDER)}
"""When Ajv looks at a keyword."""
_NUMBER_FORMATS: dict[str, tuple[float, float]] = {
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
}
_DURATION = re.compile(r"P(?!$)(?:(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|\d+W)", re.ASCII)
_UUID = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TIME = re.compile(
    r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d|23:59:60)(?:\.\d+)?(?:[Zz]|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_IDLE_ESCAPE = re.compile(r"\\(?:([aeghijlmoqyzACEFGHIJKLMNOQRTUVXYZ])|.)", re.DOTALL)


def _is_moment(text: str) -> bool:
    """Ajv does not insist on the offset, as RFC 3339 does."""
    day, between, time = text[:10], text[10:11], text[11:]
    if between not in ("T", "t", " ") or _TIME.fullmatch(time) is None or len(day.split("-")) != 3:
        return False
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _is_pattern(text: str) -> bool:
    try:
        compile_pattern(text)
    except ScriptError:
        return False
    return True


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    web = parts.scheme in ("http", "https", "ftp") and bool(parts.hostname)
    return web and not any(character.isspace() for character in text)


_URI_REFERENCE = jsonschema_rs.Draft202012Validator({"format": "uri-reference"}, validate_formats=True)
FORMATS: dict[str, Callable[[str], bool]] = {
    "byte": lambda text: _BASE64.fullmatch(re.sub(r"\s", "", text)) is not None,
    "date-time": _is_moment,
    "duration": lambda text: _DURATION.fullmatch(text) is not None,
    "email": lambda text: _EMAIL.fullmatch(text) is not None,
    **dict.fromkeys(("idn-email", "idn-hostname", "iri", "iri-reference", "media-range"), lambda _text: True),
    "regex": _is_pattern,
    "time": lambda text: _TIME.fullmatch(text) is not None,
    "uri-reference": _URI_REFERENCE.is_valid,
    "url": _is_url,
    "uuid": lambda text: _UUID.fullmatch(text) is not None,
}
"""Formats as Ajv knows them in every draft, where jsonschema-rs does not or differs; some it lets pass."""
_MOST_VIOLATIONS = 1_000


class UnusableSchema(ValueError):
    """A schema that cannot be compiled; the message says why. `dangling`: it refers to nothing."""

    def __init__(self, message: str, dangling: bool) -> None:
        super().__init__(message)
        self.dangling = dangling


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with a value: where in it, by which keyword, and what to say."""

    path: Path
    keyword: str
    text: str

    def told_of(self, whole: Path) -> str:
        """The sentence, with what it is about."""
        return f"{subject(whole)}{self.text}."


@dataclass(frozen=True, slots=True)
class Validator:
    """A compiled schema."""

    schema: Any
    compiled: Any
    projection: Projection
    """What it sees of a value; no more is handed to it (`projection` says why)."""

    def is_valid(self, value: Any) -> bool:
        try:
            return bool(self.compiled.is_valid(self.projection.cut(value)))
        except (ValueError, RecursionError) as error:
            raise ScriptError(f"the schema cannot be applied: {error}") from None

    def violations(self, value: Any, *, every: bool) -> tuple[Violation, ...]:
        """What is wrong: the first error in Ajv's order with what explains it, or every error."""
        errors = []
        for error in self.compiled.iter_errors(self.projection.cut(value)):
            if error.kind.name == "required" and error.kind.property in error.instance:
                # jsonschema-rs adds this where a required property is also an unexpected one.
                continue
            errors.append(error)
            if len(errors) >= _MOST_VIOLATIONS:
                break
        if not every and len(errors) > 1:
            errors = [min(errors, key=lambda error: _position(self.schema, error.evaluation_path))]
        told = [violation for error in errors for violation in _told(error, self.schema, every=every)]
        if any(violation.keyword != "enum" for violation in told):
            told = [violation for violation in told if violation.keyword != "enum"]
        return tuple(dict.fromkeys(told))


def compile_schema(schema: Any, dialect: str = "auto") -> Validator:
    """Raises `UnusableSchema`. No address is fetched."""
    if dialect == "auto":
        dialect = _dialect(schema)
    try:
        compiled = DIALECTS[dialect](_portable(schema), validate_formats=True, formats=FORMATS, offline=True)
    except ValueError as error:
        dangling = getattr(
            getattr(error, "kind", None), "name", ""
        ) == "referencing" or "does not exist" in str(error)
        raise UnusableSchema(str(error).splitlines()[0], dangling) from None
    except RecursionError:
        raise UnusableSchema("it is nested too deep", dangling=False) from None
    return Validator(schema, compiled, Projection(schema))


def _dialect(schema: Any) -> str:
    address = schema.get("$schema") if isinstance(schema, dict) else None
    match = _DRAFT.match(address) if isinstance(address, str) else None
    return "draft7" if match is None else f"draft{match[1] or match[2]}"


def _portable(schema: Any) -> Any:
    """A schema as jsonschema-rs has to have it.

    The formats that bound numbers are bounds: it applies formats to text only. A backslash before a letter that it
    gives no meaning is left out of patterns: JavaScript passes over it.
    """
    if isinstance(schema, list):
        return [_portable(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    copied = {key: _portable(value) for key, value in schema.items()}
    if isinstance(schema.get("pattern"), str):
        copied["pattern"] = _IDLE_ESCAPE.sub(lambda match: match[1] or match[0], schema["pattern"])
    bounds = _NUMBER_FORMATS.get(schema["format"]) if isinstance(schema.get("format"), str) else None
    if bounds is not None and "minimum" not in schema and "maximum" not in schema:
        copied["minimum"], copied["maximum"] = bounds
    return copied


def _position(schema: Any, path: Sequence[str | int]) -> tuple[tuple[int, int], ...]:
    """Where Ajv comes to a keyword: one pair of keyword and place below it for each level."""
    position: list[tuple[int, int]] = []
    node: Any = schema
    named = False
    for part in path:
        if not named and isinstance(node, dict) and isinstance(node.get("$ref"), str) and part not in node:
            node = _referred(schema, node["$ref"])
        if isinstance(node, dict):
            keys = list(node)
            place = keys.index(part) if part in node else len(keys)
            # A property may be called like a keyword.
            position.append((0 if named else RANK.get(str(part), len(RANK)), place))
            node = node.get(str(part))
            named = not named and part in _NAMED
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            position.append((0, part))
            node = node[part]
        else:
            break
    return tuple(position)


def _referred(schema: Any, reference: str) -> Any:
    if not reference.startswith("#"):
        return None
    node = schema
    try:
        for token in from_pointer(reference):
            node = node[int(token)] if isinstance(node, list) else node[token]
    except (KeyError, ValueError, IndexError, TypeError):
        return None
    return node


def _told(error: Any, schema: Any, *, every: bool, inside: bool = False) -> Iterator[Violation]:
    """An error as violations; of alternatives that all failed, each one's errors as well.

    `inside` says that it is one of those.
    """
    path, kind = tuple(error.instance_path), error.kind
    name = kind.name
    for branch in getattr(kind, "context", ()) if name in ("anyOf", "oneOf") else ():
        told = sorted(branch, key=lambda inner: _position(schema, inner.evaluation_path))
        for inner in told if every else told[:1]:
            yield from _told(inner, schema, every=every, inside=True)
    if name == "contains" and (every or inside):
        yield from _of_items(error, schema, every=every)
    if name in ("additionalProperties", "unevaluatedProperties"):
        for unexpected in kind.unexpected if every else kind.unexpected[:1]:
            yield Violation(path, name, f'does not allow the property "{unexpected}"')
        return
    if name == "propertyNames":
        yield Violation(path, kind.error.kind.name, _text(kind.error))
    if name == "falseSchema" and error.evaluation_path[-1:] == ["items"]:
        yield Violation(path[:-1], "items", "has more items than are allowed")
        return
    yield Violation(path, name, _text(error))


def _of_items(error: Any, schema: Any, *, every: bool) -> Iterator[Violation]:
    """Why none of the items is what `contains` asks for, item by item, as Ajv tells it."""
    wanted = _at(schema, error.evaluation_path)
    if not isinstance(wanted, dict) or _refers(wanted):
        return
    validator = compile_schema(wanted, _dialect(schema))
    for index, item in enumerate(error.instance[:_MOST_VIOLATIONS]):
        for violation in validator.violations(item, every=every):
            yield Violation((*error.instance_path, index, *violation.path), violation.keyword, violation.text)


def _at(schema: Any, path: Sequence[str | int]) -> Any:
    """The subschema that an evaluation path ends at."""
    node: Any = schema
    for part in path:
        if isinstance(node, dict) and isinstance(node.get("$ref"), str) and part == "$ref":
            node = _referred(schema, node["$ref"])
        elif isinstance(node, dict):
            node = node.get(str(part))
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node


def _refers(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(_refers(item) for item in schema)
    return isinstance(schema, dict) and ("$ref" in schema or any(_refers(v) for v in schema.values()))


def _text(error: Any) -> str:
    kind = error.kind
    words = _TEXTS.get(kind.name)
    return words(kind) if words is not None else f"breaks the rule '{kind.name}': {error.message}"


def _listed(values: Sequence[Any]) -> str:
    shown = ", ".join(json.dumps(value, ensure_ascii=False) for value in values[:10])
    return shown + (f" and {len(values) - 10} more" if len(values) > 10 else "")


def _limit(kind: Any) -> str:
    return to_string(kind.limit)


_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "type": lambda kind: f"should be of the type {' or '.join(_types(kind))}",
    "required": lambda kind: f'lacks the property "{kind.property}"',
    "enum": lambda kind: f"should be one of {_listed(kind.options)}",
    "const": lambda kind: f"should be {brief(kind.expected_value)}",
    "pattern": lambda kind: f"does not match the pattern {kind.pattern}",
    "format": lambda kind: f"is not in the format {kind.format}",
    "minimum": lambda kind: f"should be at least {_limit(kind)}",
    "maximum": lambda kind: f"should be at most {_limit(kind)}",
    "exclusiveMinimum": lambda kind: f"should be more than {_limit(kind)}",
    "exclusiveMaximum": lambda kind: f"should be less than {_limit(kind)}",
    "multipleOf": lambda kind: f"should be a multiple of {to_string(kind.multiple_of)}",
    "minLength": lambda kind: f"should have at least {_limit(kind)} characters",
    "maxLength": lambda kind: f"should have at most {_limit(kind)} characters",
    "minItems": lambda kind: f"should have at least {_limit(kind)} items",
    "maxItems": lambda kind: f"should have at most {_limit(kind)} items",
    "minProperties": lambda kind: f"should have at least {_limit(kind)} properties",
    "maxProperties": lambda kind: f"should have at most {_limit(kind)} properties",
    "uniqueItems": lambda _kind: "should not hold the same item twice",
    "anyOf": lambda _kind: "fits none of the alternatives",
    "oneOf": lambda _kind: "does not fit exactly one of the alternatives",
    "not": lambda _kind: "is what it should not be",
    "contains": lambda _kind: "holds no item of the kind that is asked for",
    "propertyNames": lambda kind: f"has a property name that is not allowed: {kind.error.message}",
    "additionalItems": lambda _kind: "has more items than are allowed",
    "unevaluatedItems": lambda _kind: "has items that are not allowed",
    "falseSchema": lambda _kind: "is not allowed here",
}


def _types(kind: Any) -> list[str]:
    types = kind.types
    return [types] if isinstance(types, str) else [str(name) for name in types]
