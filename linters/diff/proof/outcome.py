"""What a proof may end with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final


class Outcome(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Names(Enum):
    """What a producer may do with property names that it does not declare, in an object left open.

    `ANY`: whatever the schema lets pass, as set inclusion has it. `DECLARED`: it never uses a name that only
    the other side declares, as API clients and servers do; other undeclared names may still occur.
    """

    ANY = "any"
    DECLARED = "declared"


class Nothing(Enum):
    """The absence of a witness, as `None` is a JSON value and may be one."""

    NOTHING = "nothing"


NOTHING: Final = Nothing.NOTHING


@dataclass(frozen=True, slots=True)
class Proof:
    """An answer with what supports it.

    `witness` is a value that the contained side accepts and the containing side refuses; present for every
    `NO`. `reason` names what stopped the proof; present for every `UNKNOWN`.
    """

    outcome: Outcome
    witness: Any = NOTHING
    reason: str = ""

    @property
    def has_witness(self) -> bool:
        return self.witness is not NOTHING


YES: Final = Proof(Outcome.YES)
