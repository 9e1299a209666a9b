"""Spans in the protobuf encoding of OTLP (opentelemetry-proto 1, `trace.proto`, `common.proto`), written as they end.

Encoding a span when its call is over costs the call some microseconds; encoding thousands of them when they are sent
would keep every other call waiting.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = str | int | bool | tuple[str, ...]
SERVER, CLIENT = 2, 3
"""Kinds of spans."""
ERROR = 2
"""The status code of a span; unset otherwise."""
_REMOTE_PARENT = 0x300
_LOCAL_PARENT = 0x100
_TIMES = struct.Struct("<BQBQ")
_FLAGS = struct.Struct("<HI")
_TAG_START, _TAG_END = 7 << 3 | 1, 8 << 3 | 1
_TAG_FLAGS = (16 << 3 | 5) & 0x7F | 0x80 | (16 << 3 | 5) >> 7 << 8


def span(
    trace_id: bytes,
    span_id: bytes,
    parent_id: bytes | None,
    state: bytes,
    name: str,
    kind: int,
    started: int,
    ended: int,
    attributes: bytes,
    *,
    failed: bool = False,
    remote: bool = False,
) -> bytes:
    """A `Span`. Ids are hex; `attributes` are encoded already; `remote` says that the parent is in another process."""
    parts = [
        _bytes(1, bytes.fromhex(trace_id.decode())),
        _bytes(2, bytes.fromhex(span_id.decode())),
        _bytes(3, state) if state else b"",
        _bytes(4, bytes.fromhex(parent_id.decode())) if parent_id is not None else b"",
        _bytes(5, name.encode("utf-8", "replace")),
        bytes((6 << 3, kind)),
        _TIMES.pack(_TAG_START, started, _TAG_END, ended),
        attributes,
        _bytes(15, bytes((3 << 3, ERROR))) if failed else b"",
        _FLAGS.pack(_TAG_FLAGS, 1 | (_REMOTE_PARENT if remote else _LOCAL_PARENT)),
    ]
    return _bytes(2, b"".join(parts))


def attributes(values: Mapping[str, Value], number: int = 9) -> bytes:
    """Attributes of a span (of a resource with `number` 1)."""
    return b"".join([_attribute(number, name, value) for name, value in values.items()])


@lru_cache(maxsize=4096, typed=True)
def _attribute(number: int, name: str, value: Value) -> bytes:
    """Kept, as a gateway says the same of most of its calls."""
    return _bytes(number, _bytes(1, name.encode()) + _bytes(2, _any(value)))


def request(resource: bytes, scope: bytes, spans: Iterable[bytes]) -> bytes:
    """An `ExportTraceServiceRequest` of encoded spans; `resource` and `scope` are encoded as well."""
    return _bytes(1, _bytes(1, resource) + _bytes(2, _bytes(1, scope) + b"".join(spans)))


def scope(name: str, version: str) -> bytes:
    """An `InstrumentationScope`."""
    return _bytes(1, name.encode()) + _bytes(2, version.encode())


def rejected(response: bytes) -> int:
    """How many spans an `ExportTraceServiceResponse` says were not taken (`partial_success.rejected_spans`)."""
    try:
        return _number(_field(_field(response, 1), 1))
    except IndexError:
        return 0


def _any(value: Value) -> bytes:
    if isinstance(value, str):
        return _bytes(1, value.encode("utf-8", "replace"))
    if isinstance(value, bool):
        return bytes((2 << 3, value))
    if isinstance(value, int):
        return b"\x18" + _varint(value)
    return _bytes(5, b"".join(_bytes(1, _any(held)) for held in value))


def _bytes(number: int, held: bytes) -> bytes:
    """A length-delimited field; numbers up to 15."""
    length = len(held)
    if length < 128:
        return b"%c%c%s" % (number << 3 | 2, length, held)
    return b"%c%s%s" % (number << 3 | 2, _varint(length), held)


def _varint(value: int) -> bytes:
    value &= 0xFFFFFFFFFFFFFFFF
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def _field(message: bytes, wanted: int) -> bytes:
    """The last field of that number; empty where there is none. Raises `IndexError` for what is cut off."""
    found, place = b"", 0
    while place < len(message):
        tag, place = _read(message, place)
        if tag & 7 == 2:
            length, place = _read(message, place)
            held, place = message[place : place + length], place + length
        elif tag & 7 == 0:
            start = place
            _, place = _read(message, place)
            held = message[start:place]
        else:
            held, place = b"", place + (8 if tag & 7 == 1 else 4)
        if tag >> 3 == wanted:
            found = held
    return found


def _read(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        place += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128 or shift > 63:
            return value, place


def _number(held: bytes) -> int:
    return _read(held, 0)[0] if held else 0
