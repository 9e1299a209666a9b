"""Witnesses: found, made small, and confirmed by a validator that is not the prover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing.exceptions import Unresolvable

from . import canonical, formats
from .containment import GaveUp, Structural
from .definitions import Definitions, JsonSchema, dump
from .instances import Instances
from .outcome import NOTHING, Names

CANDIDATES = 2500
"""Values that are tried at most."""
ENOUGH = 6
"""Witnesses after which the smallest is taken."""
SHRINKING = 300
"""Steps that are spent on making a witness smaller."""

Check = Callable[[Any], bool]


def find(pair: Structural, inner: JsonSchema, outer: JsonSchema) -> Any:
    """A small value that `inner` accepts and `outer` refuses, confirmed; `NOTHING` where none was found."""
    left, right = pair.inner.whole(inner), pair.outer.whole(outer)
    sieve = _sieve(left, right, formats_too=pair.formats)
    if sieve is None:
        return NOTHING
    found: list[Any] = []
    seen: set[bytes] = set()
    try:
        for value in islice(_candidates(pair, inner, outer, left, right), CANDIDATES):
            key = dump(value)
            if key in seen:
                continue
            seen.add(key)
            if sieve(value):
                found.append(value)
                if len(found) >= ENOUGH:
                    break
    except (GaveUp, RecursionError):
        pass  # what was found until then still counts
    for value in sorted(found, key=lambda one: len(dump(one))):
        small = _shrink(value, sieve)
        if confirms(left, right, small, formats_too=pair.formats):
            return small
    return NOTHING


def confirms(accepting: JsonSchema, refusing: JsonSchema, value: Any, *, formats_too: bool) -> bool:
    """Whether python-jsonschema agrees that the one accepts the value and the other does not."""
    return accepts(accepting, value, formats_too=formats_too) is True and (
        accepts(refusing, value, formats_too=formats_too) is False
    )


def accepts(schema: JsonSchema, value: Any, *, formats_too: bool) -> bool | None:
    """python-jsonschema's verdict; None where it cannot read the schema (a pattern that Python lacks, say)."""
    checker = formats.CHECKER if formats_too else None
    try:
        return bool(Draft202012Validator(schema, format_checker=checker).is_valid(value))
    except (SchemaError, Unresolvable, RecursionError, ValueError, TypeError, ArithmeticError, KeyError):
        return None
    except Exception as error:
        if type(error).__module__.split(".")[0] in ("re", "sre_constants", "referencing", "jsonschema"):
            return None
        raise


def _sieve(left: JsonSchema, right: JsonSchema, *, formats_too: bool) -> Check | None:
    taking = canonical.validator(left, formats=formats_too)
    refusing = canonical.validator(right, formats=formats_too)
    if taking is None or refusing is None:
        return None
    slow = formats_too and any(f'"{name}"'.encode() in dump(right) for name in formats.OWN)

    def sieve(value: Any) -> bool:
        if not taking.is_valid(value):
            return False
        return not refusing.is_valid(value) or (slow and accepts(right, value, formats_too=True) is False)

    return sieve


def _candidates(
    pair: Structural, inner: JsonSchema, outer: JsonSchema, left: JsonSchema, right: JsonSchema
) -> Iterator[Any]:
    yield from Instances(pair).variations((inner,), (outer,))
    if pair.names is Names.DECLARED or canonical.size(left, pair.inner) > canonical.SIZE:
        return
    rest = canonical.lost(left, right, formats=pair.formats)
    if isinstance(rest, dict):
        definitions = Definitions(rest.get("$defs", {}))
        lost = Structural(definitions, pair.outer, pair.same, pair.names, pair.formats)
        yield from Instances(lost).variations(({k: v for k, v in rest.items() if k != "$schema"},), (outer,))


def _shrink(value: Any, holds: Check) -> Any:
    """Takes members and items away for as long as the value stays a witness."""
    steps = 0
    changed = True
    while changed:
        changed = False
        for smaller in _smaller(value):
            steps += 1
            if steps > SHRINKING:
                return value
            if holds(smaller):
                value, changed = smaller, True
                break
    return value


def _smaller(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name in value:
            yield {key: member for key, member in value.items() if key != name}
        for name, member in value.items():
            for less in _smaller(member):
                yield {**value, name: less}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
        for index, item in enumerate(value):
            for less in _smaller(item):
                yield [*value[:index], less, *value[index + 1 :]]
    elif isinstance(value, str) and len(value) > 1:
        yield value[: len(value) // 2]
        yield value[:-1]
