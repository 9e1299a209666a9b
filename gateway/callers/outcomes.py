"""What comes of looking at one security scheme of a call, as values with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from gateway.snapshot.contract import Consumer, Key
from gateway.verdicts import Request

from .certificates import Certificate, presented
from .evidence import NONE, Evidence, Need
from .trust import NOBODY, Trust


@dataclass(frozen=True, slots=True)
class Proved:
    """The caller has shown what the scheme asks for.

    `subject` is who it is in the scheme's own words, for telling callers apart; `carried` is where the
    credential was: header, query or cookie, and the name there.
    """

    scheme: str
    subject: str = ""
    consumer: Consumer | None = None
    carried: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Denied:
    """Why the scheme is not met; `message` holds nothing of the credential.

    `status` is 401, 403 for what is genuine and does not suffice, or 503 for what cannot be checked.
    `presented` says whether there was a credential at all.
    """

    scheme: str
    code: str
    message: str
    status: Literal[401, 403, 503] = 401
    presented: bool = True
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class Wanting:
    """Cannot be told before something is known."""

    scheme: str
    need: Need


Outcome: TypeAlias = Proved | Denied | Wanting


@dataclass(frozen=True, slots=True)
class Call:
    """A call, and all that may be known when its caller is judged. `now` is in seconds since 1970.

    `whole` says whether the request's body is there; `final` that nothing more will be found out.
    """

    request: Request
    now: float
    trust: Trust = NOBODY
    evidence: Evidence = NONE
    keys: Mapping[str, Key] = field(default_factory=dict)
    consumers: Mapping[str, Consumer] = field(default_factory=dict)
    whole: bool = False
    final: bool = False

    @property
    def certificate(self) -> Certificate | str | None:
        """The caller's certificate, None for none, or why what a trusted proxy passed on cannot be read."""
        return presented(self.request, self.trust.certificates)

    def consumer(self, name: str | None) -> Consumer | None:
        """The consumer of that id or name; one that the bundle does not know is nobody."""
        return self.consumers.get(name) if name else None
