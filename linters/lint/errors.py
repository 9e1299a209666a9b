"""What can be wrong with a ruleset, or with a run of it."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.errors import ContractError
from contracts.pointers import Path, to_pointer


@dataclass(eq=True)
class RulesetError(ContractError):
    """A ruleset cannot be used. `path` leads to the fault inside the ruleset file `source`.

    Where a ruleset has several faults, `others` holds the rest.
    """

    path: Path = ()
    others: tuple[RulesetError, ...] = ()

    __hash__ = ContractError.__hash__

    @classmethod
    def at(cls, path: Path, code: str, message: str, source: str = "", advice: str = "") -> RulesetError:
        return cls(code, message, source, pointer=to_pointer(path), advice=advice, path=path)

    @property
    def all(self) -> tuple[RulesetError, ...]:
        """This fault and the others."""
        return (self, *self.others)


@dataclass(eq=True)
class RuleFailed(ContractError):
    """A rule could not be carried out on a document: its filter or its function failed. `rule` is its name."""

    rule: str = ""

    __hash__ = ContractError.__hash__


class ScriptError(Exception):
    """A JavaScript expression in a ruleset failed as it would in JavaScript; the message says how."""
