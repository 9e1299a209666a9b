"""Nodes written down as a WebAssembly module, in its text format (WebAssembly 2.0, chapter 6).

The module exports its memory, and `judge`: given the length of a text that lies at `Module.place`, it gives 1 where
the text is known to be one valid value and 0 where it is not known.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .automata import Automaton, automaton_of
from .nodes import ANYTHING, Array, Node, Object, Strings
from .patterns import Inexpressible
from .scalars import MOST_BYTES, capped, literals_of, numbers_of, same, signed, within, written

_PAGE = 65_536
_SPARE = 64
_NAMES = 200
"""Names that are kept at a time, of properties that are not declared."""
_PROPERTIES = 256
_TEXT = 1_500_000
"""Characters of a module."""
_POWERS_AT = 256
_NAMES_AT = 416
_TABLES_AT = _NAMES_AT + 8 * _NAMES
_TABLES_MOST = _PAGE  # rows are found by 16 bits


@dataclass(frozen=True, slots=True)
class Module:
    """A module in text format, and where in its memory the text goes that it judges."""

    text: str
    place: int


def emit(root: Node) -> Module:
    """The module of a node. Raises `Inexpressible` where it would be too large."""
    return _Emitter().module(root)


@cache
def _prelude() -> str:
    return (files(__package__) / "prelude.wat").read_text("utf-8")


class _Emitter:
    def __init__(self) -> None:
        self._functions: list[str] = []
        self._size = 0
        self._names: dict[int, tuple[object, str]] = {}
        self._automata: dict[str, tuple[int, Automaton]] = {}
        self._pending: list[tuple[str, Node | Object | Array]] = []

    def module(self, root: Node) -> Module:
        first = self._name(root)
        while self._pending:
            name, held = self._pending.pop()
            match held:
                case Node():
                    self._write(self._node(name, held))
                case Object():
                    self._write(self._object(name, held))
                case Array():
                    self._write(self._array(name, held))
        tables, classes = self._tables()
        place = (_TABLES_AT + len(tables) + 15) // 16 * 16
        pages = -(-(place + MOST_BYTES + _SPARE) // _PAGE)
        prelude = _prelude().replace("{powers}", str(_POWERS_AT)).replace("{names_end}", str(_TABLES_AT))
        powers = b"".join(struct.pack("<d", float(10**power)) for power in range(20))
        text = "\n".join((
            "(module",
            f'(memory (export "memory") {pages} {pages})',
            _data(0, classes), _data(_POWERS_AT, powers), _data(_TABLES_AT, tables),
            prelude, *self._functions, _JUDGE.format(place=place, names=_NAMES_AT, root=first), ")",
        ))  # fmt: skip
        return Module(text, place)

    def _write(self, lines: Iterable[str]) -> None:
        text = "\n".join(lines)
        self._size += len(text)
        if self._size > _TEXT:
            raise Inexpressible("it is too large")
        self._functions.append(text)

    def _name(self, held: Node | Object | Array) -> str:
        """The function of a part; it is written later where it is new."""
        if held is ANYTHING:
            return "$any"
        found = self._names.get(id(held))
        if found is None:
            found = held, f"${type(held).__name__.lower()}_{len(self._names)}"
            self._names[id(held)] = found
            self._pending.append((found[1], held))
        return found[1]

    # A value

    def _node(self, name: str, node: Node) -> Iterator[str]:
        yield f"(func {name} (param $p i32) (result i32) (local $c i32) (local $q i32)"
        yield "(local $depth i32) (local $top i32)"
        yield "(local.set $c (i32.load8_u (local.get $p)))"
        if node.strings is not None:
            yield f"(if {_is(_QUOTE)} (then"
            yield from self._strings(node.strings)
            yield "))"
        if node.objects:
            yield f"(if {_is(_BRACE)} (then"
            yield from self._objects(node.objects)
            yield "))"
        if node.array is not None:
            yield f"(if {_is(_BRACKET)} (then (return (call {self._name(node.array)} (local.get $p)))))"
        for word, wanted in (
            (b"null", node.null), (b"true", True in node.booleans), (b"false", False in node.booleans),
        ):  # fmt: skip
            if wanted:
                yield f"(if {same(word)} (then (return (i32.add (local.get $p) (i32.const {len(word)})))))"
        if node.numbers is not None:
            yield from numbers_of(node.numbers)
        yield "(i32.const 0))"

    def _objects(self, objects: tuple[Object, ...]) -> Iterator[str]:
        if len(objects) == 1:
            yield f"(return (call {self._name(objects[0])} (local.get $p)))"
            return
        yield "(local.set $depth (global.get $depth)) (local.set $top (global.get $top))"
        for held in objects:
            yield f"(local.set $q (call {self._name(held)} (local.get $p)))"
            yield "(if (local.get $q) (then (return (local.get $q))))"
            # What was read is read again: that is bounded too.
            yield "(global.set $left (i32.sub (global.get $left) (i32.sub (global.get $at) (local.get $p))))"
            yield "(if (i32.lt_s (global.get $left) (i32.const 0)) (then (return (i32.const 0))))"
            yield "(global.set $depth (local.get $depth)) (global.set $top (local.get $top))"
        yield "(return (i32.const 0))"

    # Strings

    def _strings(self, held: Strings) -> Iterator[str]:
        for pattern in sorted(held.patterns):
            yield f"(local.set $q (call $matched (i32.add (local.get $p) (i32.const 1)) {self._automaton(pattern)}))"
            yield "(if (i32.eqz (local.get $q)) (then (return (i32.const 0))))"
        if held.literals is not None:
            yield from literals_of(held)
            return
        if held.patterns:
            # Every character is one byte, and a quote stands at both ends.
            count = "(i32.sub (i32.sub (local.get $q) (local.get $p)) (i32.const 2))"
        else:
            yield "(local.set $q (call $string (i32.add (local.get $p) (i32.const 1))))"
            if held.least or held.most is not None:
                yield "(if (i32.eqz (local.get $q)) (then (return (i32.const 0))))"
            count = "(global.get $characters)"
        if held.least:
            yield f"(if (i32.lt_u {count} (i32.const {capped(held.least)})) (then (return (i32.const 0))))"
        if held.most is not None:
            yield f"(if (i32.gt_u {count} (i32.const {capped(held.most)})) (then (return (i32.const 0))))"
        yield "(return (local.get $q))"

    def _automaton(self, pattern: str) -> str:
        """The first state of an automaton, as a constant; where the table lies is filled in at the end."""
        found = self._automata.get(pattern)
        if found is None:
            automaton = automaton_of(pattern)
            found = self._automata[pattern] = len(self._automata), automaton
        return f"(global.get $automaton_{found[0]})"

    def _tables(self) -> tuple[bytes, bytes]:
        """The rows of all automata, and the map from bytes to classes; bytes that no automaton tells apart share one."""
        if not self._automata:
            return b"", b""
        automata = [automaton for _, automaton in self._automata.values()]
        columns = {
            byte: tuple(row.get(byte) for automaton in automata for row in automaton.moves)
            for byte in range(0x20, 0x7F)
        }
        numbers: dict[tuple[int | None, ...], int] = {}
        classes = bytearray(256)
        for byte, column in columns.items():
            if any(target is not None for target in column):
                classes[byte] = 4 + 2 * numbers.setdefault(column, len(numbers))
        classes[ord('"')] = 2
        width = 4 + 2 * len(numbers)
        sample = {
            number: next(byte for byte in columns if classes[byte] == 4 + 2 * number)
            for number in numbers.values()
        }
        rows: list[int] = []
        for number, automaton in enumerate(automata):
            base = _TABLES_AT + 2 * len(rows)
            self._write([f"(global $automaton_{number} i32 (i32.const {base}))"])
            for state, row in enumerate(automaton.moves):
                rows += [0, 1 if state in automaton.accepting else 0]
                for byte in sample.values():
                    target = row.get(byte)
                    rows.append(0 if target is None else base + target * width)
        if _TABLES_AT + 2 * len(rows) > _TABLES_MOST:
            raise Inexpressible("its patterns are too large")
        return struct.pack(f"<{len(rows)}H", *rows), bytes(classes)

    # Arrays and objects

    def _array(self, name: str, array: Array) -> Iterator[str]:
        yield f"(func {name} (param $p i32) (result i32) (local $c i32) (local $count i32)"
        yield _OPEN
        yield "(if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x5d)) (then (loop $more"
        yield f"(local.set $p (call {self._name(array.items)} (local.get $p)))"
        yield "(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))"
        yield "(local.set $count (i32.add (local.get $count) (i32.const 1)))"
        yield _FOLLOWING
        yield "(if (i32.ne (local.get $c) (i32.const 0x5d)) (then (return (i32.const 0))))))"
        yield from within("(local.get $count)", array.least, array.most)
        yield "(call $close) (i32.add (local.get $p) (i32.const 1)))"

    def _object(self, name: str, held: Object) -> Iterator[str]:
        names = list(held.properties)
        if len(names) > _PROPERTIES:
            raise Inexpressible("an object of too many properties")
        words = -(-max(len(names), 1) // 64)
        yield f"(func {name} (param $p i32) (result i32) (local $c i32) (local $q i32) (local $base i32)"
        yield "(local $next i32) (local $count i32)"
        yield " ".join(f"(local $seen_{word} i64)" for word in range(words))
        yield "(local.set $base (global.get $top))"
        yield _OPEN
        yield "(if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x7d)) (then (loop $more"
        yield "(global.set $at (local.get $p))"
        yield "(if (i32.ne (i32.load8_u (local.get $p)) (i32.const 0x22)) (then (return (i32.const 0))))"
        yield "(local.set $p (i32.add (local.get $p) (i32.const 1)))"
        yield "(local.set $count (i32.add (local.get $count) (i32.const 1)))"
        yield "(block $member"
        if names:
            yield from self._named(held, names)
        yield from self._unnamed(held)
        yield ")"
        yield _FOLLOWING
        yield "(if (i32.ne (local.get $c) (i32.const 0x7d)) (then (return (i32.const 0))))))"
        yield from self._required(held, names)
        yield from within("(local.get $count)", held.least, held.most)
        yield "(global.set $top (local.get $base)) (call $close) (i32.add (local.get $p) (i32.const 1)))"

    def _named(self, held: Object, names: list[str]) -> Iterator[str]:
        """The member whose name begins at `$p`, where it is a declared one: the next in order, mostly."""
        yield "(loop $again"
        yield "(block $none"
        for place in reversed(range(len(names))):
            yield f"(block $try_{place}"
        targets = " ".join(f"$try_{place}" for place in range(len(names)))
        yield f"(br_table {targets} $none (local.get $next))"
        for place, name in enumerate(names):
            yield ")"
            text = written(name)
            if text is None:
                continue
            node = held.properties[name]
            word, bit = divmod(place, 64)
            yield f"(if {same(text)} (then"
            yield f"(if (i64.ne (i64.and (local.get $seen_{word}) (i64.const {signed(1 << bit)})) (i64.const 0)) (then (return (i32.const 0))))"
            yield f"(local.set $seen_{word} (i64.or (local.get $seen_{word}) (i64.const {signed(1 << bit)})))"
            yield f"(local.set $p (i32.add (local.get $p) (i32.const {len(text)})))"
            yield "(if (i32.eq (i32.load8_u (local.get $p)) (i32.const 0x3a))"
            yield f"(then (local.set $p (i32.add (local.get $p) (i32.const 1))) {_BLANKS})"
            yield "(else (local.set $p (call $colon (local.get $p)))"
            yield "(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))))"
            yield f"(local.set $p (call {self._name(node)} (local.get $p)))"
            yield "(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))"
            yield f"(local.set $next (i32.const {place + 1})) (br $member)))"
        yield ")"  # $none
        yield "(if (local.get $next) (then (local.set $next (i32.const 0)) (br $again)))"
        yield ")"

    def _unnamed(self, held: Object) -> Iterator[str]:
        if held.rest is None:
            yield "(return (i32.const 0))"
            return
        yield "(local.set $q (call $name (local.get $p)))"
        yield "(if (i32.eqz (local.get $q)) (then (return (i32.const 0))))"
        yield "(if (i32.eqz (call $keep (local.get $p) (local.get $q) (local.get $base))) (then (return (i32.const 0))))"
        yield "(local.set $p (call $colon (local.get $q)))"
        yield "(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))"
        yield f"(local.set $p (call {self._name(held.rest)} (local.get $p)))"
        yield "(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))"

    def _required(self, held: Object, names: list[str]) -> Iterator[str]:
        """A required property that is not declared is not looked for: nothing is known of such an object."""
        places = {name: place for place, name in enumerate(names)}
        if not held.required <= places.keys():
            yield "(return (i32.const 0))"
        for word in range(-(-max(len(names), 1) // 64)):
            mask = sum(
                1 << place % 64
                for name, place in places.items()
                if name in held.required and place // 64 == word
            )
            if mask:
                wanted = f"(i64.const {signed(mask)})"
                yield f"(if (i64.ne (i64.and (local.get $seen_{word}) {wanted}) {wanted}) (then (return (i32.const 0))))"


_BLANKS = "(if (i32.le_u (i32.load8_u (local.get $p)) (i32.const 0x20)) (then (local.set $p (call $blanks (local.get $p)))))"
_OPEN = f"""(if (i32.eqz (call $open)) (then (return (i32.const 0))))
(local.set $p (i32.add (local.get $p) (i32.const 1))) {_BLANKS}"""
_FOLLOWING = f"""{_BLANKS}
(local.set $c (i32.load8_u (local.get $p)))
(if (i32.eq (local.get $c) (i32.const 0x2c)) (then
(local.set $p (i32.add (local.get $p) (i32.const 1))) {_BLANKS} (br $more))))"""
_JUDGE = """(func (export "judge") (param $n i32) (result i32) (local $p i32)
(global.set $end (i32.add (i32.const {place}) (local.get $n)))
(v128.store (global.get $end) (v128.const i64x2 0 0))
(global.set $at (i32.const {place})) (global.set $depth (i32.const 0)) (global.set $top (i32.const {names}))
(global.set $left (i32.add (i32.mul (local.get $n) (i32.const 16)) (i32.const 4096)))
(local.set $p (call {root} (call $blanks (i32.const {place}))))
(if (i32.eqz (local.get $p)) (then (return (i32.const 0))))
(i32.eq (call $blanks (local.get $p)) (global.get $end)))"""


_QUOTE, _BRACE, _BRACKET = '"', "{", "["


def _is(character: str) -> str:
    return f"(i32.eq (local.get $c) (i32.const {ord(character)}))"


def _data(place: int, content: bytes) -> str:
    if not content:
        return ""
    escaped = "".join(f"\\{byte:02x}" for byte in content)
    return f'(data (i32.const {place}) "{escaped}")'
