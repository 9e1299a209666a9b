"""What is known of a key: the answer that is kept, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import orjson

from gateway.verdicts import Header

Ending: TypeAlias = Literal["kept", "unknown", "free"]
"""How a claim ends: with an answer to repeat; with nobody knowing whether the call was made; as if it never was."""
Found: TypeAlias = Literal["new", "claimed", "kept", "unknown", "other", "full", "away"]
"""A key is new, its call is on its way, its answer is kept, nobody knows what became of it, it stands for another request;
or there is no room for it, or what keeps it cannot be asked."""
_OVERHEAD = 400
"""Bytes that an entry takes besides its answer, roughly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as the upstream gave it: it has passed judgement."""

    status: int
    headers: tuple[Header, ...]
    body: bytes

    @property
    def size(self) -> int:
        """Bytes that it takes."""
        return _OVERHEAD + len(self.body) + sum(len(name) + len(value) + 100 for name, value in self.headers)

    def packed(self) -> bytes:
        """As bytes, for a store outside of this process: a line of JSON and the body."""
        headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in self.headers]
        return orjson.dumps([self.status, headers], option=orjson.OPT_APPEND_NEWLINE) + self.body


def unpacked(raw: bytes) -> Answer:
    """The answer that `packed` made these bytes of."""
    line, _, body = raw.partition(b"\n")
    status, headers = orjson.loads(line)
    return Answer(
        status, tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in headers), body
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """A call's hold on its key: only who has the token may end it. `local`: it is kept in this process."""

    place: str
    token: str
    local: bool
