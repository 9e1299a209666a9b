"""The gate's answer to contracts as they lie on the disk, against what they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contracts import validity
from contracts.errors import ContractError
from contracts.limits import DEFAULT, Limits
from contracts.model import build
from lading.files import read_set
from lading.locate import Found, at_commit
from lading.outcome import CouldNotTell
from linters.gate import Approval, Earlier, GateRequest, GateResult, Profile, decide
from linters.gate.removal import decide_removal
from linters.gate.run import Judged, unjudged
from linters.suppression import Waiver
from policies import rulesets

from . import history
from .changed import Changed


@dataclass(frozen=True, slots=True)
class Gate:
    """What all contracts of a run are held to."""

    profile: Profile
    today: date
    waivers: tuple[Waiver, ...] = ()
    approvals: tuple[Approval, ...] = ()

    def answer(
        self, candidate: Found, before: Found | None, earlier: tuple[Earlier, ...] | None = None
    ) -> GateResult:
        """Of a candidate; `before` is None for a first version, `earlier` where nobody knows what came before."""
        request = GateRequest(
            candidate=candidate.api,
            base=None if before is None else before.api,
            base_version=None if before is None else before.version,
            is_first=before is None,
            ruleset=rulesets.load(self.profile.ruleset),
            rules=frozenset(rulesets.catalogue()),
            waivers=self.waivers,
            approvals=self.approvals,
            problems=validity.check(candidate.documents),
            today=self.today,
            earlier=earlier,
        )
        return decide(request, self.profile)

    def of(self, one: Changed, commit: str, top: Path, *, limits: Limits = DEFAULT) -> Judged:
        """What is said of a contract that differs from a commit. One that cannot be read is unchecked."""
        result = self.attempt(lambda: self._changed(one, commit, top, limits))
        return Judged(one.name, result, one.now or "", one.how)

    def attempt(self, answer: Callable[[], GateResult]) -> GateResult:
        """The answer, or, where something cannot be read or had, that there is none, and why."""
        try:
            return answer()
        except ContractError as error:
            return unjudged(self.profile.name, str(error))
        except CouldNotTell as error:
            return unjudged(self.profile.name, f"{error.message} {error.advice}".strip())

    def _changed(self, one: Changed, commit: str, top: Path, limits: Limits) -> GateResult:
        before = None if one.before is None else _before(commit, one.before, limits)
        if one.now is None:
            assert before is not None
            return decide_removal(before.api, self.profile, self.today)
        path = top / one.now
        if not path.resolve().is_relative_to(top.resolve()):
            raise CouldNotTell(
                f"{one.now} is a link that leads out of the repository.", "Keep the file itself."
            )
        like = before.documents.root if before is not None else None
        candidate = Found(one.now, build(read_set(path, limits=limits, boundary=top, like=like)))
        if before is None or self.profile.policy.history == "latest":
            return self.answer(candidate, before)
        known = history.in_git(str(path), limits)
        own = {str(candidate.api.version), str(before.api.version)}
        others = [version for version in known if str(version.api.version) not in own]
        return self.answer(candidate, before, history.earlier(others))


def _before(commit: str, name: str, limits: Limits) -> Found:
    try:
        documents = at_commit(commit, name, limits=limits)
        if documents is None:
            raise CouldNotTell(f"{name} is not there in the base.", "Fetch the whole history.")
        return Found(name, build(documents))
    except ContractError as error:
        raise CouldNotTell(
            f"The base cannot be read: {error}", "Mend it there first, or judge by another base."
        ) from None
