"""Who breaks: the only place that knows which way data flows.

What a provider takes in may widen, what it gives out may narrow. A request flows in and a response out; in a
webhook or a callback the provider is the caller, so both turn round. An application that `receives` takes a
message in, one that `sends` gives it out, and a reply travels the other way.

"Consumer" is whoever deals with the provider of the contract: calls it, subscribes to it, sends to it. The
consumer breaks where a program written against the base meets a provider that follows the revision; the
provider breaks where it still follows the base and meets a program that was written against the revision.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from .verdicts import Side


class Flow(Enum):
    """Which way data travels, seen from the provider of the contract."""

    IN = "in"
    OUT = "out"

    @property
    def reverse(self) -> Flow:
        return Flow.OUT if self is Flow.IN else Flow.IN


class Effect(Enum):
    """What a transition does to the set of things that the contract allows at an element."""

    NARROWS = "narrows"
    WIDENS = "widens"
    ALTERS = "alters"
    """Neither set contains the other, or the same text means something else."""
    OFFERS = "offers"
    """Something new to use or not, whichever way its data flows."""
    WITHDRAWS = "withdraws"
    """Something that was there to be used is gone."""
    NONE = "none"


def of_call(kind: Literal["operation", "webhook", "callback"], part: Literal["request", "response"]) -> Flow:
    """The flow of one part of an HTTP operation."""
    flow = Flow.IN if part == "request" else Flow.OUT
    return flow if kind == "operation" else flow.reverse


def of_message(action: Literal["send", "receive"], *, reply: bool = False) -> Flow:
    """The flow of a message of an event operation, told from the application's side."""
    flow = Flow.OUT if action == "send" else Flow.IN
    return flow.reverse if reply else flow


def broken(effect: Effect, flow: Flow) -> tuple[Side, ...]:
    """Who breaks when this happens to data that flows so; the consumer first."""
    match effect:
        case Effect.NONE:
            return ()
        case Effect.ALTERS:
            return ("consumer", "provider")
        case Effect.WITHDRAWS:
            return ("consumer",)
        case Effect.OFFERS:
            return ("provider",)
        case Effect.NARROWS:
            return ("consumer",) if flow is Flow.IN else ("provider",)
        case Effect.WIDENS:
            return ("provider",) if flow is Flow.IN else ("consumer",)


def producer_is_base(side: Side, flow: Flow) -> bool:
    """Whether, for this side to keep working, what the *base* lets pass must be within the revision.

    The consumer keeps working if what it sent under the base is still taken in, and if what is given out under
    the revision is still within the base. For the provider both are the other way round.
    """
    return (flow is Flow.IN) == (side == "consumer")
