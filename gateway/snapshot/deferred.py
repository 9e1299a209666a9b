"""Operations that are compiled when they are first called.

A house has thousands of operations, and a gateway sees a few hundred of them. What routing, callers and limits need
of an operation is there from the start; what judging needs is made from the contract's files when the first call
comes. The model of a contract is kept for a while, so that the next of its operations costs less.
"""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from contracts.errors import ContractError
from gateway.turns import TURNS

from .operation import Operation

PREPARATION = 1.0
"""Seconds that the validators of one operation are compiled for before its first call; the rest follow at first use."""
KEPT = 2 * 1024 * 1024
"""Bytes of the contracts whose models are kept; a model takes about ten times as much."""

MOST = 5_000
"""Operations that stay compiled, of some 70 KB each; where more are called, those compiled first are given back."""

Compile: TypeAlias = Callable[[str], Operation]
"""Makes an operation by its key. Raises `ContractError` and `ValueError` for what cannot be compiled."""


class Source:
    """Where the operations of one contract come from; `open` reads and models its files, of `size` bytes."""

    __slots__ = ("__weakref__", "_lock", "_open", "size")

    def __init__(self, open: Callable[[], Compile], size: int) -> None:
        self._open = open
        self._lock = threading.Lock()
        self.size = size

    def make(self, key: str) -> Operation:
        """One operation of it, compiled. Raises `ContractError`, `ValueError`."""
        with self._lock:  # its own: who calls a small contract does not wait for a large one
            compile = _OPENED.get(self)
            if compile is None:
                compile = self._open()
            _keep(self, compile)
            return compile(key)


_LOCK = threading.Lock()
_OPENED: OrderedDict[Source, Compile] = OrderedDict()
"""The models that are kept, the one that was used last at the end."""


def _keep(source: Source, compile: Compile) -> None:
    with _LOCK:
        _OPENED[source] = compile
        _OPENED.move_to_end(source)
        while len(_OPENED) > 1 and sum(held.size for held in _OPENED) > KEPT:
            _OPENED.popitem(last=False)


_LATER = (
    "in_path", "in_query", "in_header", "in_cookie", "names", "strangers", "body", "body_required", "body_pointer", "answers",
    "unvalidated", "produces", "overrides", "parameters", "without_query", "usual", "exact",
)  # fmt: skip
"""The fields of an operation that its first call needs."""


_COMPILED: deque[weakref.ref[Deferred]] = deque()


class Deferred(Operation):
    """An operation of which the fields in `_LATER` are made when one of them is asked for."""

    __slots__ = ("__weakref__", "_reason", "_source", "pending")

    @classmethod
    def of(cls, source: Source, known: Mapping[str, Any]) -> Deferred:
        """`known` are all fields but those that come later."""
        made = cls.__new__(cls)
        identity = (known["contract"].name, known["contract"].version, known["key"])
        ours = {"identity": identity, "pending": True, "_reason": "", "_source": source}
        for name, value in (*known.items(), *ours.items()):
            object.__setattr__(made, name, value)
        return made

    def prepare(self) -> str:
        if self.pending and not self._reason:
            try:
                with TURNS.short():
                    self._complete()
            except ContractError as error:
                return str(error)[:300]  # its files may come back
            except ValueError as error:
                object.__setattr__(self, "_reason", str(error)[:300] or "it cannot be compiled")
        reason: str = self._reason
        return reason

    def _complete(self) -> None:
        made = self._source.make(self.key)
        deadline = time.monotonic() + PREPARATION
        for check in made.checks:
            if time.monotonic() > deadline:
                break
            check.prepare()
        for name in _LATER:
            object.__setattr__(self, name, getattr(made, name))
        object.__setattr__(self, "pending", False)
        _COMPILED.append(weakref.ref(self))
        while len(_COMPILED) > MOST:
            oldest = _COMPILED.popleft()()
            if oldest is not None:
                oldest.forget()

    def forget(self) -> None:
        """Gives back what was compiled; the next call compiles it again."""
        object.__setattr__(self, "pending", True)
        for name in _LATER:
            with contextlib.suppress(AttributeError):
                object.__delattr__(self, name)

    def __getattr__(self, name: str) -> Any:
        # Python comes here for slots that hold nothing yet.
        if name not in _LATER:
            raise AttributeError(name)
        if reason := self.prepare():
            raise ValueError(reason)
        return object.__getattribute__(self, name)  # it is there now
