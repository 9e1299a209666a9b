"""Who may go on, who is answered from memory, and who is refused: all calls with an Idempotency-Key pass here."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from gateway.malformed import Malformed
from gateway.upstreams.policy import Course
from gateway.verdicts import Decision, Header, Refusal, Request

from .answers import Answer, Claim, Ending, Found
from .keys import FIELD, fingerprint, parse_key, place_of
from .memory import Memory
from .settings import USUAL, Keeping
from .shared import Shared

REPLAYED: Header = (b"idempotency-replayed", b"true")
_NOT_DONE = frozenset({401, 403, 408, 425, 429, 503})
"""Answers that say that nothing was done, and that it may be tried again as it is."""
_UNKNOWN = frozenset({502, 504})
_MARGIN = 10.0
"""Seconds that a claim outlives the time limit of its call."""
_REFUSALS: dict[Found, Refusal] = {
    "claimed": Refusal(
        409, "idempotency-in-flight", "The call with this Idempotency-Key is on its way",
        "Its answer is kept for those who ask again.", headers=((b"retry-after", b"1"),),
    ),
    "other": Refusal(
        422, "idempotency-key-reused", "The Idempotency-Key stands for another request",
        "Method, target or body differ from those that came with it first. Take a new key for a new request.",
    ),
    "unknown": Refusal(
        409, "idempotency-unknown", "Nobody knows whether the call with this Idempotency-Key was made",
        "It was sent on, and its answer was lost or not kept. Find out what became of it, then take a new key.",
    ),
    "full": Refusal(
        503, "idempotency-full", "There is no room for another Idempotency-Key", headers=((b"retry-after", b"5"),)
    ),
    "away": Refusal(
        503, "idempotency-unavailable", "The answers to Idempotency-Keys cannot be looked up",
        headers=((b"retry-after", b"2"),),
    ),
}  # fmt: skip


class Caller(Protocol):
    """The call that is asked for: an exchange."""

    request: Request
    decision: Decision
    claim: Claim | None

    @property
    def over(self) -> bool: ...

    def proceed(self) -> None: ...

    def turn_down(self, refusal: Refusal) -> None: ...

    def replay(self, answer: Answer) -> None: ...


class Replays:
    """Keys and answers, in this process or in Redis. `counts` says what was made of calls."""

    def __init__(
        self,
        settings: Keeping = USUAL,
        *,
        limit: float = 30.0,
        now: Callable[[], float] = time.monotonic,
        shared: Shared | None = None,
    ) -> None:
        self._settings = settings
        self._limit = limit
        self._now = now
        self.memory = Memory(settings)
        self.shared = shared or (Shared(settings) if settings.redis else None)
        self.alone = True
        """No other process takes calls for the same callers; otherwise keys in this one's memory would mean nothing."""
        self._tasks: set[asyncio.Task[None]] = set()
        self.counts: dict[str, int] = {}

    def begin(self, caller: Caller, course: Course) -> None:
        """Lets a call go on, answers it or refuses it; later, where Redis has to be asked."""
        value = caller.request.fields.get(FIELD)
        if value is None:
            if course.keys == "require":
                self._count("missing")
                caller.turn_down(
                    Refusal(400, "idempotency-key-missing", "The operation needs an Idempotency-Key")
                )
            else:
                caller.proceed()
            return
        if self.shared is None and not self.alone:
            self._count("away")
            caller.turn_down(_REFUSALS["away"])
            return
        decision, request = caller.decision, caller.request
        assert decision.contract is not None
        try:
            key = parse_key(value)
        except Malformed as error:
            self._count("malformed")
            title = "The Idempotency-Key is not well formed"
            caller.turn_down(Refusal(400, "idempotency-key-malformed", title, error.message))
            return
        place = place_of(decision.contract, decision, request, key)
        print, lease = fingerprint(decision, request), (course.timeout or self._limit) + _MARGIN
        if self.shared is None:
            self._locally(caller, place, print, lease)
        else:
            self._later(self._remotely(self.shared, caller, place, print, lease))

    def end(
        self, claim: Claim, *, sent: bool, status: int, headers: list[Header], body: bytes | None
    ) -> None:
        """A call with a claim is over. `sent`: the upstream may have seen it; `body` is None where it is not known."""
        how, answer = self._ending(sent, status, headers, body)
        self._count(how)
        if claim.local or self.shared is None:
            self.memory.end(claim.place, claim.token, how, answer)
        else:
            self._later(self._tell(self.shared, claim, how, answer))

    async def close(self) -> None:
        """Waits for what is being told; that takes no longer than Redis has to answer."""
        while self._tasks:
            await asyncio.gather(*self._tasks)
        if self.shared is not None:
            await self.shared.close()

    def _ending(
        self, sent: bool, status: int, headers: list[Header], body: bytes | None
    ) -> tuple[Ending, Answer | None]:
        if not sent or (body is not None and status in _NOT_DONE):
            return "free", None
        if body is None or status in _UNKNOWN:
            return "unknown", None
        answer = Answer(status, tuple(headers), body)
        return ("kept", answer) if answer.size <= self._settings.largest else ("unknown", None)

    def _locally(self, caller: Caller, place: str, print: str, lease: float) -> None:
        token = secrets.token_hex(8)
        found, answer = self.memory.begin(
            place, print, token, lease, self._now(), again=self._settings.unknown == "forward"
        )
        self._found(caller, found, answer, Claim(place, token, local=True))

    async def _remotely(self, shared: Shared, caller: Caller, place: str, print: str, lease: float) -> None:
        token = secrets.token_hex(8)
        again = self._settings.unknown == "forward"
        found, answer = await shared.begin(place, print, token, lease, again=again)
        if found == "away" and self._settings.when_away == "allow-local":
            self._count("local")
            if not caller.over:
                self._locally(caller, place, print, lease)
            return
        claim = Claim(place, token, local=False)
        if caller.over:
            if found == "new":
                await self._tell(shared, claim, "free", None)
            return
        self._found(caller, found, answer, claim)

    def _found(self, caller: Caller, found: Found, answer: Answer | None, claim: Claim) -> None:
        if found == "new":
            caller.claim = claim
            caller.proceed()
        elif answer is not None:
            self._count("replayed")
            caller.replay(answer)
        else:
            self._count("unknown-refused" if found == "unknown" else found)
            caller.turn_down(_REFUSALS[found])

    async def _tell(self, shared: Shared, claim: Claim, how: Ending, answer: Answer | None) -> None:
        if not await shared.end(claim.place, claim.token, how, answer):
            self._count("not-told")

    def _later(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
