"""What the checks have in common to look at: the request, the profile, and what was worked out from both."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.errors import ContractError
from linters.diff import Comparison
from linters.lint import Finding
from linters.suppression import Applied

from .addresses import major_in_address
from .approvals import Approval
from .history import Held
from .profile import Profile
from .request import GateRequest
from .result import Check, Outcome
from .versions import Bump, Number, bump_of, suggest


@dataclass(frozen=True, slots=True)
class Weighed:
    """`applied`, `comparison` and `before`, the findings in the base, are None where they could not be had.

    In the `comparison` changes that are `approved` stand as safe; those whose approval has `ended` do not.
    """

    request: GateRequest
    profile: Profile
    applied: Applied | None
    comparison: Comparison | None
    before: Applied | None = None
    approved: tuple[Approval, ...] = ()
    ended: tuple[Approval, ...] = ()
    obstacle: ContractError | None = None
    """Why base and candidate cannot be compared, where there are both."""
    held: tuple[Held, ...] = ()
    """The same for each earlier version that the candidate is held against."""

    @property
    def findings(self) -> tuple[Finding, ...] | None:
        """The findings that count."""
        return None if self.applied is None else self.applied.findings

    @property
    def version(self) -> str:
        """The version that is to be published."""
        return self.request.version or str(self.request.candidate.version)

    @property
    def stated(self) -> str:
        """What the candidate itself says in `info.version`."""
        return str(self.request.candidate.version)

    @property
    def base_version(self) -> str:
        base = self.request.base
        return self.request.base_version or ("" if base is None else str(base.version))

    @property
    def bump(self) -> Bump | None:
        """How far the version moves from the base's; None where either is no number."""
        old, new = Number.read(self.base_version), Number.read(self.version)
        return None if old is None or new is None else old.bump_to(new)

    @property
    def majors_in_addresses(self) -> tuple[int | None, int | None]:
        """The major version in the addresses of base and candidate; None where there is not one."""
        base = self.request.base
        before = None if base is None else major_in_address(base)
        return before, major_in_address(self.request.candidate)

    @property
    def room(self) -> Bump | None:
        """The gravest change that the step between the versions may bring; None where that cannot be told.

        Another major version in every address is a step that nobody takes unawares.
        """
        before, after = self.majors_in_addresses
        if before is not None and after is not None and after > before:
            return Bump.MAJOR
        old, new = Number.read(self.base_version), Number.read(self.version)
        return None if old is None or new is None else old.room_to(new)

    @property
    def suggested(self) -> str | None:
        """The version that would be right."""
        if self.comparison is None:
            return None
        return suggest(self.base_version, self.needed, self.request.history, self.request.today)

    @property
    def needed(self) -> Bump:
        return Bump.NONE if self.comparison is None else bump_of(self.comparison)

    def check(self, name: str, outcome: Outcome, reason: str, **details: object) -> Check:
        return Check(name, outcome, reason, name in self.profile.required, details)

    def not_compared(self, name: str) -> Check:
        """The answer of a check that lacks a comparison with what came before."""
        if self.obstacle is not None:
            # Whatever the profile says of what was not checked, this is no version of the same contract.
            return self.check(name, "fail", f"{self.obstacle.message} {self.obstacle.advice}".strip())
        return self.check(name, "unchecked", "There is no base to compare with.")
