"""Scalars written down in the text format of WebAssembly: bytes that have to stand at `$p`, numbers, bounds on counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .nodes import Numbers, Strings
from .patterns import Inexpressible

MOST_BYTES: Final = 256 * 1024
"""Longest text that is read."""
_LITERALS: Final = 512
_EXACT: Final = 15
"""Digits of which a double holds every number."""
_LOADS = ((8, "i64.load"), (4, "i32.load"), (2, "i32.load16_u"), (1, "i32.load8_u"))


def same(wanted: bytes, offset: int = 0) -> str:
    """Whether these bytes stand at `$p`. Their last ones may be looked at twice."""
    size = len(wanted)
    width, load = next((width, load) for width, load in _LOADS if size >= width)
    kind = load[:3]
    value = int.from_bytes(wanted[:width], "little")
    value = signed(value) if width == 8 else value - (1 << 32) if value >= 1 << 31 else value
    test = f"({kind}.eq ({load} offset={offset} (local.get $p)) ({kind}.const {value}))"
    if size == width:
        return test
    step = width if size >= 2 * width else size - width
    return f"(if (result i32) {test} (then {same(wanted[step:], offset + step)}) (else (i32.const 0)))"


def literals_of(held: Strings) -> Iterator[str]:
    texts = sorted(
        literal
        for literal in held.literals or ()
        if len(literal) >= held.least and (held.most is None or len(literal) <= held.most)
    )
    if len(texts) > _LITERALS:
        raise Inexpressible("an enumeration of too many values")
    yield "(local.set $p (i32.add (local.get $p) (i32.const 1)))"
    for literal in texts:
        text = written(literal)
        if text is not None:
            yield f"(if {same(text)} (then (return (i32.add (local.get $p) (i32.const {len(text)})))))"
    yield "(return (i32.const 0))"


def written(text: str) -> bytes | None:
    """A string as it stands behind its opening quote; None where it needs escapes."""
    if any(character < " " or character in '"\\' for character in text):
        return None
    try:
        return text.encode() + b'"'
    except UnicodeEncodeError:
        return None


def numbers_of(held: Numbers) -> Iterator[str]:
    yield "(local.set $q (call $number (local.get $p)))"
    yield "(if (i32.eqz (local.get $q)) (then (return (i32.const 0))))"
    if held.integer:
        yield "(if (global.get $point) (then (return (i32.const 0))))"
    bounds = [
        ("f64.ge", held.minimum), ("f64.le", held.maximum), ("f64.gt", held.above), ("f64.lt", held.below),
    ]  # fmt: skip
    stated = [(compare, bound) for compare, bound in bounds if bound is not None]
    if stated or held.multiples or held.literals is not None:
        yield f"(if (i32.gt_u (global.get $length) (i32.const {_EXACT})) (then (return (i32.const 0))))"
    for compare, bound in stated:
        yield f"(if (i32.eqz ({compare} (call $value) (f64.const {float(bound).hex()}))) (then (return (i32.const 0))))"
    for multiple in sorted(held.multiples):
        yield f"(if (i64.ne (i64.rem_s (global.get $digits) (i64.const {multiple})) (i64.const 0)) (then (return (i32.const 0))))"
    if held.literals is None:
        yield "(return (local.get $q))"
        return
    if len(held.literals) > _LITERALS:
        raise Inexpressible("an enumeration of too many values")
    for literal in sorted(held.literals):
        yield f"(if (i64.eq (global.get $digits) (i64.const {literal})) (then (return (local.get $q))))"
    yield "(return (i32.const 0))"


def within(count: str, least: int, most: int | None) -> Iterator[str]:
    if least:
        yield f"(if (i32.lt_u {count} (i32.const {capped(least)})) (then (return (i32.const 0))))"
    if most is not None:
        yield f"(if (i32.gt_u {count} (i32.const {capped(most)})) (then (return (i32.const 0))))"


def capped(bound: float) -> int:
    """A bound on a count: no text has more than its bytes."""
    return int(min(bound, 2 * MOST_BYTES))


def signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value
