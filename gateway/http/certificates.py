"""The certificates in force: which one a client is shown, and what becomes of files that change.

A context is made anew for every change and serves the connections that come after it; those that are open keep theirs.
"""

from __future__ import annotations

import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from .tls import Pair, Tls, Unusable


@dataclass(frozen=True, slots=True)
class _Held:
    context: ssl.SSLContext
    ends: datetime


class Certificates:
    """`context` is for new connections. `problem` says why newer files are not used.

    The client's SNI (RFC 6066 section 3) chooses the certificate and nothing else: versions, protocols, and what is
    asked of clients are the same under every name. So neither a session that is resumed under another name nor a
    connection on which HTTP/2 calls several hosts gets past anything, and nothing needs to be answered by 421 (RFC 9110
    section 15.5.20).
    """

    def __init__(self, tls: Tls, protocols: Sequence[str]) -> None:
        """Raises `Unusable`."""
        self._tls = tls
        self._protocols = tuple(protocols)
        self._stamp, self._shared = tls.stamp(), tls.shared()
        held, problems = self._read()
        if problems:
            raise problems[0]
        self.problem = ""
        self.loads = 0
        self._put(held)

    def changed(self) -> bool:
        """Whether the files are others than those that were read last."""
        return self._tls.stamp() != self._stamp

    def load(self) -> bool:
        """Reads the files again; whether something of them is to be put in force.

        A certificate that cannot be used stays as it was, and `problem` says why; the others are renewed. But what
        clients are verified by changes under every name or under none.
        """
        stamp, shared = self._tls.stamp(), self._tls.shared()
        held, problems = self._read()
        self._stamp = stamp  # the same files are not tried again and again
        self.problem = "; ".join(map(str, problems))
        if problems and (not held or shared != self._shared):
            return False
        self._shared = shared
        self._put({**self._held, **held})
        return True

    @property
    def days(self) -> float:
        """Until the first of the leaves expires."""
        return (self.ends - datetime.now(UTC)).total_seconds() / 86400

    @property
    def by_name(self) -> dict[str, datetime]:
        """When the leaf of each host name expires."""
        return {name: held.ends for pair, held in self._held.items() for name in pair.names}

    def _read(self) -> tuple[dict[Pair, _Held], list[Unusable]]:
        held, problems = {}, []
        for pair in self._tls.pairs:
            try:
                held[pair] = _Held(self._tls.context(self._protocols, pair), pair.ends())
            except Unusable as error:
                problems.append(error)
        return held, problems

    def _put(self, held: dict[Pair, _Held]) -> None:
        self._held = held
        named = {name: one.context for pair, one in held.items() for name in pair.names}
        self.context = held[self._tls.pairs[0]].context
        if named:
            self.context.sni_callback = _chooser(named)
            _Unsaid.install()
        self.ends = min(one.ends for one in held.values())
        """When the first of the leaves expires."""
        self.loads += 1


def _chooser(
    named: Mapping[str, ssl.SSLContext],
) -> Callable[[ssl.SSLObject, str | None, ssl.SSLContext], None]:
    """Changes a handshake to the context of the name that the client asked for, if there is one."""

    def choose(secured: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name is None:
            return
        name = name.lower()
        # A wildcard stands for one label (RFC 9525 section 6.3).
        found = named.get(name) or named.get("*." + name.partition(".")[2])
        if found is not None:
            secured.context = found

    return choose


class _Unsaid:
    """Keeps to itself what Python would write to standard error, with a traceback, about a server name that is not ASCII.

    The handshake is refused before `choose` is asked; whoever connects could fill the log.
    """

    def __init__(self, otherwise: Callable[[sys.UnraisableHookArgs], object]) -> None:
        self._otherwise = otherwise

    @classmethod
    def install(cls) -> None:
        if not isinstance(sys.unraisablehook, cls):
            sys.unraisablehook = cls(sys.unraisablehook)

    def __call__(self, told: sys.UnraisableHookArgs) -> None:
        if not (told.exc_type is UnicodeDecodeError and isinstance(told.object, bytes)):
            self._otherwise(told)
