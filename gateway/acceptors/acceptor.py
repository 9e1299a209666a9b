"""The fast way of one schema: texts that are known to be valid need not be read into values and held against it."""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from gateway.turns import TURNS

from .emission import Module, emit
from .machine import Machine, Unusable
from .patterns import Inexpressible
from .planning import plan
from .scalars import MOST_BYTES

HOT: Final = 50
"""Texts after which a schema is worth compiling."""
COLD: Final = 20_000
"""Texts after which it is tried again where its module knew too few of them."""
MOST: Final = 256
"""Modules that are kept, each with a memory of about 300 KB, of which what was used counts; where more are asked for, those compiled
first are given back."""
UNKNOWN: Final = 0
"""Nothing is said about a text."""
KNOWN: Final = 1
"""It is one JSON value that the schema accepts, and in which no name stands twice."""
DOUBTED: Final = 2
"""It is known, and the validator is to be asked all the same; where that refuses, `refuted` is to be called."""
_SAMPLE: Final = 1_000
"""Of so many texts, the validator is asked about one that is known."""
_ASKED: Final = 256
_TRIAL: Final = 200
"""Texts that a module may miss before it has to know at least half of all."""


class Acceptor:
    """Knows valid texts of one schema at sight, once enough of them have come.

    `schema` gives the translated schema when the module is made; `formats` and `known_properties` are as in `plan`.
    Any thread may ask.
    """

    __slots__ = (
        "__weakref__", "_calls", "_formats", "_known_properties", "_machine", "_misses", "_schema", "_wait",
    )  # fmt: skip

    def __init__(
        self, schema: Callable[[], dict[str, Any] | bool], *, formats: bool, known_properties: bool
    ) -> None:
        self._schema = schema
        self._formats = formats
        self._known_properties = known_properties
        self._machine: Machine | None = None
        self._wait = HOT
        self._calls = 0
        self._misses = 0

    def judge(self, text: bytes) -> int:
        """`KNOWN`, `DOUBTED` or `UNKNOWN`."""
        machine = self._machine
        if machine is None:
            self._wait -= 1
            if not self._wait:
                WORKSHOP.ask(self)
            return UNKNOWN
        if len(text) > MOST_BYTES:
            return UNKNOWN
        self._calls += 1
        try:
            if machine.judge(text):
                return KNOWN if self._calls % _SAMPLE else DOUBTED
        except Unusable as error:
            WORKSHOP.failed(error)
            return UNKNOWN
        self._misses += 1
        if self._misses > _TRIAL and 2 * self._misses > self._calls:
            self.give_back(COLD)
        return UNKNOWN

    def refuted(self) -> None:
        """The validator refused what was known: no module is believed any more."""
        WORKSHOP.failed(Unusable("a compiled schema knew a text that the validator refuses"))
        self.give_back(0)

    def make(self) -> bool:
        """Compiles the module; whether there is one. Raises `Unusable`."""
        try:
            node = plan(self._schema(), formats=self._formats, known_properties=self._known_properties)
            if node.empty:
                return False
            module = emit(node)
        except (Inexpressible, RecursionError):
            return False  # the validator judges, as it did before
        self._calls = self._misses = 0
        self._machine = _machine(module)
        return True

    def give_back(self, wait: int = HOT) -> None:
        """Lets the module go; after so many further texts one is asked for again."""
        self._machine = None
        self._wait = wait


_MACHINES: weakref.WeakValueDictionary[bytes, Machine] = weakref.WeakValueDictionary()
_MAKING = threading.Lock()


def _machine(module: Module) -> Machine:
    """The machine of a module. Most schemas are the same for requests and responses: one is enough, and stays in the caches."""
    digest = hashlib.sha256(module.text.encode()).digest()
    with _MAKING:
        found = _MACHINES.get(digest)
        if found is None:
            found = _MACHINES[digest] = Machine(module)
        return found


class Workshop:
    """Compiles modules in a thread of its own, which ends when nothing is left to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: deque[weakref.ref[Acceptor]] = deque()
        self._made: deque[weakref.ref[Acceptor]] = deque()
        self._thread: threading.Thread | None = None
        self.problem = ""
        """Why nothing is compiled any more; empty where all is well."""

    @property
    def made(self) -> int:
        """Modules that are in use."""
        return sum(reference() is not None for reference in tuple(self._made))

    def ask(self, acceptor: Acceptor) -> None:
        """Has a module made before long, where there is room; whoever is turned away asks again later."""
        with self._lock:
            if self.problem:
                return
            if len(self._asked) >= _ASKED:
                acceptor.give_back()
                return
            self._asked.append(weakref.ref(acceptor))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="acceptors", daemon=True)
                self._thread.start()

    def failed(self, error: Unusable) -> None:
        """Something is wrong with the machinery itself: everything goes the slow way from now on."""
        with self._lock:
            self.problem = str(error)
            self._asked.clear()
            made, self._made = self._made, deque()
        for reference in made:
            acceptor = reference()
            if acceptor is not None:
                acceptor.give_back(0)

    def rest(self, seconds: float) -> None:
        """Waits until nothing is left to do."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _work(self) -> None:
        try:
            self._make_all()
        finally:
            with self._lock:
                # Where something went wrong: the next that asks begins anew.
                if self._thread is threading.current_thread():
                    self._thread = None

    def _make_all(self) -> None:
        while True:
            with self._lock:
                if not self._asked:
                    self._thread = None
                    return
                acceptor = self._asked.popleft()()
            if acceptor is None:
                continue
            try:
                with TURNS.short():
                    made = acceptor.make()
            except Unusable as error:
                self.failed(error)
                continue
            if made:
                self._keep(acceptor)

    def _keep(self, acceptor: Acceptor) -> None:
        oldest = None
        with self._lock:
            self._made.append(weakref.ref(acceptor))
            while self._made and self._made[0]() is None:
                self._made.popleft()
            if len(self._made) > MOST:
                oldest = self._made.popleft()()
        if oldest is not None:
            oldest.give_back()


WORKSHOP = Workshop()
"""The process's: code that was compiled counts for all of it."""
