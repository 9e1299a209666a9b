"""What each keyword of the containing side demands of the contained one, per type of value.

A demand is discharged at once, or refused with the keyword's name, or handed on as a pair of subschemas. Adding
a keyword is adding a function to the table of its type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import formats, texts
from .definitions import ANNOTATIONS, JsonSchema, dump
from .outcome import Names
from .views import View, compiled, is_number


@dataclass(frozen=True, slots=True)
class Obligation:
    """Every value of all of `inner` must be one of `outer`; or `reason`, the keyword that cannot be shown."""

    inner: tuple[JsonSchema, ...] = ()
    outer: JsonSchema = True
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the proof takes for granted."""

    names: Names
    formats: bool
    kind: str
    """The type of the values in question."""


Rule = Callable[[View, dict[str, Any], Setting], Iterator[Obligation]]


def _fail(keyword: str) -> Obligation:
    return Obligation(reason=keyword)


# -- numbers ----------------------------------------------------------------------------------------------


def _bounds(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    low, high = view.low, view.high
    for keyword, excluded in (("minimum", False), ("exclusiveMinimum", True)):
        bound = outer.get(keyword)
        if is_number(bound) and not (low and low >= (Fraction(bound), excluded)):
            yield _fail(keyword)
    for keyword, excluded in (("maximum", False), ("exclusiveMaximum", True)):
        bound = outer.get(keyword)
        if is_number(bound) and not (high and (high[0], not high[1]) <= (Fraction(bound), not excluded)):
            yield _fail(keyword)


def _multiple_of(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    divisor = outer.get("multipleOf")
    if not is_number(divisor):
        return
    own = [_exact(n) for n in view.every("multipleOf") if is_number(n)]
    if setting.kind == "integer":
        own.append(Fraction(1))
    target = _exact(divisor)
    # Validators disagree about fractions (0.3 is a multiple of 0.1 to some and not to others), so that what holds
    # on paper proves nothing.
    whole = target.denominator == 1
    if not any(n == target or (whole and (n / target).denominator == 1) for n in own):
        yield _fail("multipleOf")


def _exact(number: float) -> Fraction:
    """The decimal number that was written, not its binary neighbour."""
    return Fraction(str(number))


# -- strings ----------------------------------------------------------------------------------------------


def _lengths(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    yield from _at_least(view, outer, "minLength")
    yield from _at_most(view, outer, "maxLength")


def _pattern(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    pattern = outer.get("pattern")
    if isinstance(pattern, str) and pattern not in view.every("pattern") and not accepts_all(pattern):
        yield _fail("pattern")


def accepts_all(pattern: str) -> bool:
    """Whether the unanchored pattern certainly matches every text: it can match nothing, at any place."""
    if any(character in pattern for character in "^$\\(|"):
        return pattern in ("^.*", "^", "$", "^.*$") and pattern != "^.*$"
    regex = compiled(pattern)
    return regex is not None and regex.match("") is not None


def _format(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    name = outer.get("format")
    if (
        not setting.formats
        or not isinstance(name, str)
        or (name in formats.NUMBERS) == (setting.kind == "string")
    ):
        return
    own = [format_ for format_ in view.every("format") if isinstance(format_, str)]
    if any(formats.contained(inner, name) for inner in own) or not formats.restricts(name):
        return
    bounds = formats.NUMBERS.get(name)
    if bounds and view.low and view.high and bounds[0] <= view.low[0] and view.high[0] <= bounds[1]:
        return
    yield _fail("format")


def _content(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    """`contentMediaType` and its kin are annotations (2020-12, Validation, 8.1): they refuse nothing."""
    yield from ()


# -- arrays -----------------------------------------------------------------------------------------------


def _lengths_of_arrays(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    yield from _at_least(view, outer, "minItems")
    yield from _at_most(view, outer, "maxItems")
    if outer.get("uniqueItems") is True and True not in view.every("uniqueItems"):
        longest = view.least("maxItems")
        if longest is None or longest > 1:
            yield _fail("uniqueItems")


def _items(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    if "items" not in outer and "prefixItems" not in outer:
        return
    prefix = outer.get("prefixItems", [])
    single = max(view.prefix, len(prefix))
    longest = view.least("maxItems")
    for index in range(single):
        if longest is not None and index >= longest:
            return
        target = prefix[index] if index < len(prefix) else outer.get("items", True)
        yield Obligation(view.item(index), target)
    if longest is None or longest > single:
        yield Obligation(view.item(single), outer.get("items", True))


def _contains(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    if "contains" not in outer:
        return
    wanted = {key: outer[key] for key in ("contains", "minContains", "maxContains") if key in outer}
    if not any(
        dump({key: part[key] for key in ("contains", "minContains", "maxContains") if key in part})
        == dump(wanted)
        for part in view.parts
    ):
        yield _fail("contains")


# -- objects ----------------------------------------------------------------------------------------------


def _required(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    if not view.required.issuperset(outer.get("required", ())):
        yield _fail("required")


def _number_of_properties(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    least = outer.get("minProperties")
    if is_number(least) and max(view.most("minProperties") or 0, len(view.required)) < least:
        yield _fail("minProperties")
    most = outer.get("maxProperties")
    if is_number(most):
        declared = len(view.declared) if False in view.additional else None
        own = [n for n in (view.least("maxProperties"), declared) if n is not None]
        patterns = any(view.every("patternProperties"))
        if (
            not own
            or min(own) > most
            or (declared is not None and patterns and view.least("maxProperties") is None)
        ):
            yield _fail("maxProperties")


def _properties(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    declared: dict[str, JsonSchema] = outer.get("properties", {})
    for name, schema in declared.items():
        if setting.names is Names.DECLARED and _is_unused(view, name):
            continue
        yield Obligation(view.property(name), schema)
    patterns: Mapping[str, JsonSchema] = outer.get("patternProperties", {})
    additional = outer.get("additionalProperties", True)
    for name in sorted(view.declared):
        caught = [schema for pattern, schema in patterns.items() if _may_catch(pattern, name)]
        for schema in caught or ([] if name in declared else [additional]):
            yield Obligation(view.property(name), schema)
    yield from _undeclared(view, declared, patterns, additional)


def _undeclared(
    view: View, declared: Mapping[str, JsonSchema], patterns: Mapping[str, JsonSchema], additional: JsonSchema
) -> Iterator[Obligation]:
    """Names that the contained side catches by pattern, or not at all."""
    own = {pattern: schema for part in view.every("patternProperties") for pattern, schema in part.items()}
    for pattern, schema in own.items():
        for other, target in patterns.items():
            if other == pattern or not texts.are_apart(pattern, other):
                yield Obligation((schema,), target)
        if pattern not in patterns and not any(texts.is_within(pattern, other) for other in patterns):
            yield Obligation((schema,), additional)  # a name caught here may be caught by none of the others
    for other, target in patterns.items():
        if not _catches_declared_only(other, view):
            yield Obligation(view.additional, target)
    yield Obligation(view.additional, additional)


def _catches_declared_only(pattern: str, view: View) -> bool:
    """Whether whatever a pattern catches is declared by the view, by name or by a pattern of its own."""
    known: list[JsonSchema] = [{"enum": sorted(view.declared)}]
    known += [{"pattern": own} for part in view.every("patternProperties") for own in part]
    answer = texts.difference([({"pattern": pattern}, _nowhere)], ({"anyOf": known}, _nowhere))
    return answer is not None and answer.text is None


def _nowhere(_: JsonSchema) -> JsonSchema | None:
    return None


def _is_unused(view: View, name: str) -> bool:
    """Whether the contained side neither declares the name nor says anything about undeclared ones."""
    return (
        not view.declares(name)
        and name not in view.required
        and all(one is True or one == {} for one in view.additional)
    )


def _may_catch(pattern: str, name: str) -> bool:
    regex = compiled(pattern)
    return regex is None or regex.search(name) is not None


def _property_names(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    if "propertyNames" not in outer:
        return
    target = outer["propertyNames"]
    own = tuple(view.every("propertyNames"))
    if False in view.additional and not any(view.every("patternProperties")):
        yield Obligation(({"enum": sorted(view.declared)}, *own), target)
    else:
        yield Obligation(({"type": "string"}, *own), target)


def _dependent(view: View, outer: dict[str, Any], setting: Setting) -> Iterator[Obligation]:
    for name, names in outer.get("dependentRequired", {}).items():
        own = [set(part.get(name, ())) for part in view.every("dependentRequired")]
        if False in view.property(name) or (setting.names is Names.DECLARED and _is_unused(view, name)):
            continue
        if not view.required.issuperset(names) and not any(known.issuperset(names) for known in own):
            yield _fail("dependentRequired")
    for name, schema in outer.get("dependentSchemas", {}).items():
        own_schemas = [part[name] for part in view.every("dependentSchemas") if name in part]
        if False in view.property(name) or any(dump(one) == dump(schema) for one in own_schemas):
            continue
        yield Obligation((*view.parts, {"required": [name]}, *own_schemas), schema)


def _at_least(view: View, outer: dict[str, Any], keyword: str) -> Iterator[Obligation]:
    bound = outer.get(keyword)
    if is_number(bound) and bound > 0 and (view.most(keyword) or 0) < bound:
        yield _fail(keyword)


def _at_most(view: View, outer: dict[str, Any], keyword: str) -> Iterator[Obligation]:
    bound, own = outer.get(keyword), view.least(keyword)
    if is_number(bound) and (own is None or own > bound):
        yield _fail(keyword)


_NUMBER: tuple[Rule, ...] = (_bounds, _multiple_of, _format)
RULES: dict[str, tuple[Rule, ...]] = {
    "null": (),
    "boolean": (),
    "integer": _NUMBER,
    "number": _NUMBER,
    "string": (_lengths, _pattern, _format, _content),
    "array": (_lengths_of_arrays, _items, _contains),
    "object": (
        _required,
        _number_of_properties,
        _properties,
        _property_names,
        _dependent,
    ),
}
MODELLED = frozenset(
    [
        "$ref",
        "type",
        "enum",
        "const",
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "if",
        "then",
        "else",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "format",
        "minLength",
        "maxLength",
        "pattern",
        "contentMediaType",
        "contentEncoding",
        "contentSchema",
        "minItems",
        "maxItems",
        "uniqueItems",
        "items",
        "prefixItems",
        "contains",
        "minContains",
        "maxContains",
        "required",
        "minProperties",
        "maxProperties",
        "properties",
        "patternProperties",
        "additionalProperties",
        "propertyNames",
        "dependentRequired",
        "dependentSchemas",
        "$defs",
    ]
)
"""Keywords that the structural proof knows. Another one on the containing side stops it."""


def obligations(
    view: View, kind: str, outer: dict[str, Any], *, names: Names, formats: bool
) -> Iterator[Obligation]:
    """What has to be shown for values of one type; combining keywords are the caller's."""
    for keyword in outer:
        if keyword not in MODELLED and keyword not in ANNOTATIONS and not keyword.startswith("x-"):
            yield _fail(keyword)
    if "enum" in outer or "const" in outer:
        yield _fail("enum")
    setting = Setting(names, formats, kind)
    for rule in RULES[kind]:
        yield from rule(view, outer, setting)
