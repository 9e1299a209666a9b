"""Trace context as calls carry it (W3C Trace Context, level 1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

PARENT = b"traceparent"
STATE = b"tracestate"
_PARENT = re.compile(rb"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_KEY = rb"(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
_VALUE = rb"[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]"
_MEMBER = re.compile(rb"(%s)=(%s)" % (_KEY, _VALUE))
_MEMBERS = 32
_NO_TRACE = b"0" * 32
_NO_SPAN = b"0" * 16
_SAMPLED = 0x01


@dataclass(frozen=True, slots=True)
class Context:
    """Whose part a call is: ids in lower-case hex, the sampled flag, and the `tracestate` to pass on."""

    trace_id: bytes
    parent_id: bytes
    sampled: bool
    state: bytes = b""


def parse(fields: Mapping[bytes, bytes]) -> Context | None:
    """The context that header fields carry. None where `traceparent` is missing or malformed, also where it is
    there twice: the trace begins anew then, and `tracestate` is not looked at (section 4.3)."""
    given = fields.get(PARENT)
    match = _PARENT.fullmatch(given) if given is not None else None
    if match is None:
        return None
    version, trace, parent, flags, more = match.groups()
    if version == b"ff" or (version == b"00" and more) or trace == _NO_TRACE or parent == _NO_SPAN:
        return None
    state = fields.get(STATE, b"")
    return Context(trace, parent, bool(int(flags, 16) & _SAMPLED), _state(state) if state else b"")


def trace_id_of(fields: Mapping[bytes, bytes]) -> str | None:
    """The id of the trace that a call says it is part of."""
    if PARENT not in fields:
        return None
    context = parse(fields)
    return context.trace_id.decode() if context is not None else None


def _state(given: bytes) -> bytes:
    """The list as it may be passed on; empty, which is to leave it out, where it is malformed (section 3.3)."""
    members = [member.strip(b" \t") for member in given.split(b",")]
    members = [member for member in members if member]
    keys = set()
    for member in members:
        match = _MEMBER.fullmatch(member)
        if match is None:
            return b""
        keys.add(match[1])
    if len(keys) != len(members) or len(members) > _MEMBERS:
        return b""
    return b",".join(members)
