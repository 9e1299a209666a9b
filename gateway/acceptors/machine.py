"""Modules at work: compiled to machine code by Wasmtime, each with a memory of its own.

A module can read and write nothing but that memory, so that a mistake in one leaves the gateway as it is.
"""

from __future__ import annotations

import atexit
import ctypes
import threading
import weakref
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final

from .emission import Module, emit
from .nodes import Node, Strings
from .scalars import MOST_BYTES

if TYPE_CHECKING:
    import wasmtime  # where there is work for it only: it takes 30 ms and 20 MB, and not every platform has it

_STACK: Final = 512 * 1024


class Unusable(Exception):
    """Wasmtime cannot do its work here."""


class Machine:
    """One module, compiled. Raises `Unusable`.

    `wasmtime.Func` takes 25 µs to be called, most of it for finding out what the arguments are. The function of the
    C API that it rests on takes half of one. The interpreter's lock is held meanwhile: a text takes microseconds.
    """

    __slots__ = ("__weakref__", "_arguments", "_call", "_held", "_lock", "_text", "_trap")

    def __init__(self, module: Module) -> None:
        self._start(module, *_workplace())

    def _start(self, module: Module, engine: wasmtime.Engine, function: Any) -> None:
        import wasmtime

        try:
            store = wasmtime.Store(engine)
            instance = wasmtime.Instance(store, wasmtime.Module(engine, module.text), [])
        except (wasmtime.WasmtimeError, wasmtime.Trap, OSError) as error:
            raise Unusable(str(error)[:300]) from None
        exports = instance.exports(store)
        judge, memory = exports["judge"], exports["memory"]
        assert isinstance(judge, wasmtime.Func)
        assert isinstance(memory, wasmtime.Memory)
        start = ctypes.addressof(memory.data_ptr(store).contents) + module.place
        self._text = memoryview((ctypes.c_ubyte * MOST_BYTES).from_address(start)).cast("B")
        values = (ctypes.c_int32 * 4)()  # one of `wasmtime_val_raw_t`: 16 bytes, argument and result in turn
        self._arguments = values
        self._trap = trap = ctypes.c_void_p()
        # Everything that the call refers to by address lives as long as the machine.
        self._held: Any = (store, instance, judge, memory)
        context = ctypes.cast(store._context(), ctypes.c_void_p)
        func, given, broken = (
            ctypes.c_void_p(ctypes.addressof(held)) for held in (judge._func, values, trap)
        )
        self._call: Callable[[], int] = partial(function, context, func, given, ctypes.c_size_t(1), broken)
        self._lock = threading.Lock()
        _MACHINES.add(self)

    def close(self) -> None:
        """Gives the memory back, once. The lock is kept, so that whoever still asks is told nothing."""
        _MACHINES.discard(self)
        self._lock.acquire()
        self._held[0].close()

    def judge(self, text: bytes) -> bool | None:
        """Whether the text is known to be valid; None where the module could not say, as another thread is using it or
        the text is too long. Raises `Unusable` where it broke off."""
        size = len(text)
        lock = self._lock
        if size > MOST_BYTES or not lock.acquire(False):
            return None
        try:
            self._text[:size] = text
            self._arguments[0] = size
            if self._call() or self._trap:
                raise Unusable("it broke off")
            return self._arguments[0] == 1
        finally:
            lock.release()


@cache
def _workplace() -> tuple[wasmtime.Engine, Any]:
    """The engine and the function of its C API that calls; tried out before anything depends on them."""
    try:
        import wasmtime
        from wasmtime import _ffi
    except (ImportError, OSError, RuntimeError) as error:
        raise Unusable(f"Wasmtime cannot be loaded: {error}"[:300]) from None
    config = wasmtime.Config()
    config.parallel_compilation = False  # the other cores belong to other workers
    config.max_wasm_stack = _STACK
    function = ctypes.PyDLL(str(_ffi.filename)).wasmtime_func_call_unchecked
    function.restype = ctypes.c_size_t  # the address of an error, or 0
    found = wasmtime.Engine(config), function
    atexit.register(_end, found[0])
    trial = Machine.__new__(Machine)
    trial._start(emit(Node(strings=Strings(literals=frozenset({"yes"})))), *found)
    if [trial.judge(text) for text in (b'"yes"', b'"no"', b' "yes"', b"", b'"yes')] != [
        True, False, True, False, False,
    ]:  # fmt: skip
        raise Unusable("Wasmtime does not call functions in the way that is known here")
    return found


_MACHINES: weakref.WeakSet[Machine] = weakref.WeakSet()


def _end(engine: wasmtime.Engine) -> None:
    """At the end of the process Wasmtime's library goes before these would go by themselves."""
    for machine in tuple(_MACHINES):
        machine.close()
    engine.close()
